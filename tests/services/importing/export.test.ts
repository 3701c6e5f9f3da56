import { describe, expect, test, vi } from 'vitest';
import type { Building, ExportSettings } from '../../../machines/export.types.ts';
import { appFiles } from '../../../src/app/stores/files/appFiles.ts';
import { buildFile } from '../../../src/services/export.ts';
import { findPatientLike } from '../../../src/services/importing/findPatientLike.ts';
import { checkFile, unlockBundle } from '../../../src/services/intake.ts';
import { sha256 } from '../../../src/vault/sha256.ts';
import type { Envelope, Json } from '../../../src/vault/types.ts';
import { accepted, envelope, exportOf, settings, template, templateData } from '../../bundle/support.ts';
import { tamper } from '../../simulation/world/dump.ts';
import { App, NAME } from './app.ts';

const library = [
  template('a'),
  template('b'),
  settings({ theme: 'dark' }),
  envelope('drafts', 'templates/x', { store: 'templates', id: 'x', data: templateData('x') }),
];
const { signal } = new AbortController();
const everything: ExportSettings = {
  stores: null,
  only: new Map(),
  isProtected: false,
  fileName: 'hl7-helper-backup-2026-03-01.json',
  withTestValues: false,
  look: null,
};

async function appWith(records: readonly Envelope[]): Promise<App> {
  const app = await new App().load();
  expect((await app.import(await exportOf(records))).kind).toBe('imported');
  return app;
}

function fileOf(building: Building): Extract<Building, { kind: 'built' }>['file'] {
  if (building.kind !== 'built') throw new Error(building.kind);
  return building.file;
}

async function built(app: App, more: Partial<ExportSettings> = {}, passphrase: string | null = null) {
  return fileOf(await buildFile(app.hands, { settings: { ...everything, ...more }, passphrase }, signal));
}

const idsIn = async (bytes: Uint8Array) => (await accepted(bytes)).bundle.records.map(({ id }) => id).sort();

describe('an export', () => {
  test('[I18] reads its state in one transaction, and writes nothing', async () => {
    const app = await appWith(library);
    const [before, from] = [await app.raw(), app.steps.trace.length];
    const file = await built(app);
    const opened = app.steps.trace.slice(from).filter((line) => / transaction /.test(line));
    expect(opened).toHaveLength(1);
    expect(await app.raw()).toEqual(before);
    expect(file).toMatchObject({
      name: everything.fileName,
      counts: { drafts: 1, serializationState: 0, settings: 1, templates: 2 },
      state: app.vault.state().state,
      damaged: [],
      unreadable: 0,
    });
  });

  test('[F74] comes with its digest, to compare where no browser can say that it arrived', async () => {
    const { bytes, hash } = await built(await appWith(library));
    expect(hash).toBe(sha256(bytes));
  });

  test('[I18] holds what was chosen: stores, and records of a store', async () => {
    const app = await appWith(library);
    expect(await idsIn((await built(app, { stores: ['templates'] })).bytes)).toEqual(['a', 'b']);
    const only = new Map([['templates', new Set(['b'])]]);
    expect(await idsIn((await built(app, { stores: ['templates', 'settings'], only })).bytes)).toEqual([
      'b',
      'settings',
    ]);
    expect(await idsIn((await built(app, { only })).bytes)).toEqual(['b', 'settings', 'templates/x']);
  });

  test('[I18] [I4] names damaged records and carries them raw, and can be made where nothing may be written', async () => {
    const app = await appWith(library);
    const raw = await app.raw();
    const entry = raw.log?.at(-1);
    const text = new TextDecoder('latin1').decode(entry?.[1] as Uint8Array);
    const value = Uint8Array.from(text.replace('Template b', 'Template B'), (unit) => unit.charCodeAt(0));
    await tamper(app.origin.indexedDB, NAME, [{ store: 'log', key: entry?.[0] ?? 0, value }]);
    const reader = new App(app.origin);
    const file = await built(reader);
    expect(file.damaged).toMatchObject([{ id: 'b', store: 'templates', why: 'corrupt:checksum' }]);
    expect(atob(file.damaged[0]?.aside ?? '')).toContain('Template B');
    const { bundle, warnings } = await accepted(file.bytes);
    expect(bundle.records.map(({ id }) => id)).not.toContain('b');
    expect(warnings.map(({ code }) => code)).toContain('damaged-apart');
  });

  test('[I18] [F78] encrypted, it opens with its passphrase alone', async () => {
    const app = await appWith(library);
    const crypto = {
      subtle: globalThis.crypto.subtle,
      randomBytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    };
    const hands = { ...app.hands, crypto };
    const wish = { settings: { ...everything, isProtected: true }, passphrase: 'correct horse' };
    const { bytes } = fileOf(await buildFile(hands, wish, signal));
    expect(new TextDecoder().decode(bytes)).not.toContain('Template');
    const checked = await checkFile(hands, { source: { kind: 'bytes', bytes } }, signal);
    if (checked.kind !== 'locked') throw new Error(checked.kind);
    const { lock } = checked;
    expect(await unlockBundle(hands, { lock, passphrase: 'Correct horse' }, signal)).toEqual({
      kind: 'wrong-passphrase',
    });
    const opened = await unlockBundle(hands, { lock, passphrase: 'correct horse' }, signal);
    if (opened.kind !== 'unlocked') throw new Error(opened.kind);
    expect(await idsIn(opened.bytes)).toEqual(['a', 'b', 'settings', 'templates/x']);
  });

  test('[I18] that does not open as what went in is not handed out', async () => {
    const app = await appWith(library);
    const { subtle } = globalThis.crypto;
    let encrypted = 0;
    const forgetful = {
      importKey: subtle.importKey.bind(subtle),
      deriveKey: subtle.deriveKey.bind(subtle),
      decrypt: subtle.decrypt.bind(subtle),
      // The disk, the memory or we ourselves: a byte is another.
      encrypt: async (...all: Parameters<SubtleCrypto['encrypt']>) => {
        const sealed = new Uint8Array(await subtle.encrypt(...all));
        encrypted = sealed.length;
        sealed[5] = (sealed[5] ?? 0) ^ 1;
        return sealed.buffer;
      },
    };
    const crypto = {
      subtle: forgetful as unknown as SubtleCrypto,
      randomBytes: (length: number) => new Uint8Array(length),
    };
    const wish = { settings: { ...everything, isProtected: true }, passphrase: 'x' };
    expect(await buildFile({ ...app.hands, crypto }, wish, signal)).toEqual({ kind: 'mismatched' });
    expect(encrypted).toBeGreaterThan(0);
  });

  test('[I22] puts nothing of what it holds into names, errors or the console', async () => {
    const noise = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const app = await appWith([template('a', { name: 'CANARY NAME', content: 'MSH|^~\\&|CANARY' })]);
    const file = await built(app);
    expect(JSON.stringify({ ...file, bytes: null })).not.toContain('CANARY');
    for (const spy of noise) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe('what looks like a patient', () => {
  const patient = 'MSH|^~\\&|A\rPID|1||4711||DOE^JOHN||HELPERVARIABLE1\rPV1|1|I|||||DR^WHO';
  const records = [
    template('plain'),
    template('patient', { content: patient }),
    envelope('drafts', 'templates/d', {
      store: 'templates',
      id: 'd',
      data: templateData('d', { content: 'PID|1||||||19700101' }),
    }),
    envelope('drafts', 'other/d', { store: 'other', id: 'd', data: 'PID|1||||||19700101' }),
    envelope('serializationState', 's', {
      templateId: 's',
      templateRev: 1,
      templateContent: 'PID|1||||HELPERVARIABLE1\rZZZ|HELPERVARIABLE2',
      instances: ['SMITH', 'HELPERVARIABLE1'].map((value, i) => ({
        id: `${i}`,
        name: '',
        variableValues: { HELPERVARIABLE1: value, HELPERVARIABLE2: 'x' },
        createdAt: 0,
        isExpanded: false,
      })),
      viewMode: 'variables-only',
    } as unknown as Json),
    settings({ theme: 'dark' }),
  ];

  test('[I22] is told by its fields, in templates, drafts and what was filled in, and never by its values', async () => {
    const pause = vi.fn(async () => {});
    const found = await findPatientLike(records, appFiles, { pause });
    expect(found).toEqual([
      { store: 'templates', id: 'patient', places: ['PID-3', 'PID-5', 'PV1-7'] },
      { store: 'drafts', id: 'templates/d', places: ['PID-7'] },
      { store: 'serializationState', id: 's', places: ['PID-5'] },
    ]);
  });

  test('[T9] lets the page breathe', async () => {
    const pause = vi.fn(async () => {});
    const many = Array.from({ length: 2_000 }, () => template('patient', { content: patient.repeat(5) }));
    await findPatientLike(many, appFiles, { pause });
    expect(pause.mock.calls.length).toBeGreaterThan(5);
  });
});

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Building, ExportSettings } from '../../../machines/export.types.ts';
import { appFiles } from '../../../src/app/stores/files/appFiles.ts';
import { buildFile } from '../../../src/services/export.ts';
import { findPatientLike } from '../../../src/services/importing/findPatientLike.ts';
import { withTestValues } from '../../../src/services/importing/withTestValues.ts';
import { digestWith, sha256 } from '../../../src/vault/sha256.ts';
import type { Envelope, Json } from '../../../src/vault/types.ts';
import { accepted, envelope, exportOf, settings, template, templateData } from '../../bundle/support.ts';
import { tamper } from '../../simulation/world/dump.ts';
import { App, NAME } from './app.ts';

const SEED = Number(process.env.SEED ?? 20_261_126);
const { signal } = new AbortController();
const WITH: ExportSettings = {
  stores: null,
  only: new Map(),
  isProtected: false,
  fileName: 'x.json',
  withTestValues: true,
  look: null,
};
const digest = digestWith(globalThis.crypto.subtle);
const pause = async () => {};

/** Names the values that must not leave: found again in any text, whatever stands around them. */
const SECRET = /[Qq]7[A-Za-z]{3}\d+/;
let made = 0;
function secret(): string {
  made += 1;
  return `Q7abc${made}`;
}

/** A patient with a secret in every component of every field that may tell who somebody is, and words elsewhere. */
function patient(separators = '|^~&'): string {
  const [field = '', component = '', repetition = '', subcomponent = ''] = separators;
  const one = () =>
    [`${secret()}${subcomponent}${secret()}`, ...Array.from({ length: 14 }, secret)].join(component);
  const fieldsOf = (name: string, numbers: readonly number[]) =>
    [
      name,
      ...Array.from({ length: Math.max(...numbers) }, (_, i) =>
        numbers.includes(i + 1) ? `${one()}${repetition}${one()}` : `kept ${name} ${i + 1}`,
      ),
    ].join(field);
  return [
    `MSH${field}${component}${repetition}\\${subcomponent}${field}kept`,
    fieldsOf('PID', [2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14, 18, 19, 20, 21, 23, 29]),
    fieldsOf('NK1', [2, 4, 5, 6, 12, 16, 26, 30, 31, 32, 33, 37, 38]),
    fieldsOf('GT1', [2, 3, 4, 5, 6, 7, 8, 12, 16, 17, 18, 19, 42, 45, 46, 56]),
    fieldsOf('IN1', [6, 7, 8, 10, 11, 16, 18, 19, 36, 44, 49, 52]),
    fieldsOf('PV1', [7, 8, 9, 17, 19, 50, 52]),
  ].join('\r');
}

const instance = (id: string, values: { [id: string]: string }): Json => ({
  id,
  name: 'kept instance',
  variableValues: values,
  createdAt: 0,
  isExpanded: false,
});

const FILLED =
  'PID|||HELPERVARIABLE1||Dr HELPERVARIABLE2^HELPERVARIABLE2||HELPERVARIABLE3\rNTE|||HELPERVARIABLE4';
const filling = () => ({
  HELPERVARIABLE1: secret(),
  HELPERVARIABLE2: secret(),
  HELPERVARIABLE3: secret(),
  HELPERVARIABLE4: 'kept note',
  HELPERVARIABLE9: 'kept, used nowhere',
});

function library(): Envelope[] {
  return [
    template('a', { content: patient() }),
    template('b', { content: patient('#*!%').replaceAll('\r', '\n') }),
    template('c', {
      content: FILLED,
      variables: {
        HELPERVARIABLE1: { label: 'kept label', default: secret() },
        HELPERVARIABLE4: { default: 'kept default' },
        toString: {},
      },
    }),
    template('plain'),
    settings({ theme: 'dark' }),
    envelope('drafts', 'templates/d', {
      store: 'templates',
      id: 'd',
      data: templateData('d', { content: patient() }),
    }),
    envelope('serializationState', 's', {
      templateId: 's',
      templateRev: 1,
      templateContent: `${FILLED}\rNK1|1|${secret()}`,
      instances: [instance('1', filling()), instance('2', filling()), instance('3', {})],
      viewMode: 'variables-only',
    }),
    envelope('serializationState', 'without instances', {
      templateId: 't',
      templateRev: 1,
      templateContent: `PID|||${secret()}`,
      instances: [],
      viewMode: 'variables-only',
      currentTemplateContent: `PID|||${secret()}\rNTE|||kept copy`,
      parsedSegments: [{ name: 'PID', fields: [{ value: secret() }] }],
      legacyInstances: [{ x: secret() }],
      variables: { any: secret() },
    }),
  ];
}

async function appWith(records: readonly Envelope[]): Promise<App> {
  const app = await new App().load();
  expect((await app.import(await exportOf(records))).kind).toBe('imported');
  return app;
}

function fileOf(building: Building): Extract<Building, { kind: 'built' }>['file'] {
  if (building.kind !== 'built') throw new Error(building.kind);
  return building.file;
}

async function built(app: App, more: Partial<ExportSettings> = {}) {
  const wish = { settings: { ...WITH, ...more }, passphrase: null };
  const file = fileOf(await buildFile(app.hands, wish, signal));
  return { ...file, text: new TextDecoder().decode(file.bytes) };
}

const keptIn = (text: string) => text.match(/kept[\w, ]*/g)?.sort();

describe('an export with test values', () => {
  test('holds no value of a field that is known, in no store, and all other text', async () => {
    const records = library();
    const app = await appWith(records);
    const before = await app.raw();
    const whole = await built(app, { withTestValues: false });
    expect(whole.text).toMatch(SECRET);
    expect(whole.replaced).toBe(0);
    const file = await built(app);
    expect(SECRET.exec(file.text)?.[0]).toBeUndefined();
    expect(keptIn(file.text)).toEqual(keptIn(whole.text));
    expect(file).toMatchObject({ counts: whole.counts, replaced: 6, leftOut: 0, damaged: [], unreadable: 0 });
    expect(file.hash).toBe(sha256(file.bytes));
    expect(await app.raw(), 'what is stored').toEqual(before);
  });

  test('leaves nothing to warn about, and is the same file when it is exported once more', async () => {
    const app = await appWith(library());
    const file = await built(app);
    const { bundle } = await accepted(file.bytes);
    const records = bundle.records.map(({ store, id, data }) => envelope(store, id, data));
    expect(await findPatientLike(records, appFiles, { pause })).toEqual([]);
    const again = await withTestValues({ records, asides: [] }, appFiles, { digest });
    expect(again.replaced).toBe(0);
    expect((await built(app)).text).toBe(file.text);
  });

  test('one patient stays one across templates, drafts and what was filled in', async () => {
    const pid = (id: string, name: string) => `PID|||${id}^^^H^MR||${name}^ADA`;
    const app = await appWith([
      template('1', { content: pid('4711', 'DOE') }),
      template('2', { content: pid('4712', 'ROE') }),
      template('3', { content: pid('4711', 'DOE') }),
      envelope('serializationState', '3', {
        templateId: '3',
        templateRev: 1,
        templateContent: 'PID|||HELPERVARIABLE1||HELPERVARIABLE2',
        instances: [instance('1', { HELPERVARIABLE1: '4711', HELPERVARIABLE2: 'ROE' })],
        viewMode: 'variables-only',
      }),
    ]);
    const { bundle } = await accepted((await built(app)).bytes);
    const dataOf = (store: string) =>
      bundle.records
        .filter((record) => record.store === store)
        .map(({ data }) => data as { [member: string]: Json });
    // The serialize page comes first in the file.
    expect(dataOf('serializationState')[0]?.instances).toMatchObject([
      { variableValues: { HELPERVARIABLE1: 'TESTID1', HELPERVARIABLE2: 'TESTFAMILY1' } },
    ]);
    expect(dataOf('templates').map(({ content }) => content)).toEqual([
      'PID|||TESTID1^^^TESTORG1^MR||TESTFAMILY2^TESTGIVEN1',
      'PID|||TESTID2^^^TESTORG1^MR||TESTFAMILY1^TESTGIVEN1',
      'PID|||TESTID1^^^TESTORG1^MR||TESTFAMILY2^TESTGIVEN1',
    ]);
  });

  test('of what is chosen', async () => {
    const app = await appWith(library());
    const only = new Map([['templates', new Set(['b', 'plain'])]]);
    const file = await built(app, { stores: ['templates'], only });
    expect(file).toMatchObject({ counts: { templates: 2 }, replaced: 1, leftOut: 0 });
    expect(file.text).not.toMatch(SECRET);
  });

  test('[I4] [I18] leaves out what is damaged, says how much, and lets it lie as it is', async () => {
    const app = await appWith(library());
    const entry = (await app.raw()).log?.at(-1);
    const text = new TextDecoder('latin1').decode(entry?.[1] as Uint8Array);
    const value = Uint8Array.from(text.replace('Template a', 'Template A'), (unit) => unit.charCodeAt(0));
    await tamper(app.origin.indexedDB, NAME, [{ store: 'log', key: entry?.[0] ?? 0, value }]);
    const reader = new App(app.origin);
    const before = await reader.raw();
    const file = await built(reader);
    expect(file).toMatchObject({ leftOut: 1, damaged: [], counts: { templates: 3 } });
    expect(file.text).not.toContain('"apart"');
    expect(file.text).not.toMatch(SECRET);
    expect((await built(reader, { stores: ['settings'] })).leftOut, 'it is not among the settings').toBe(0);
    expect(await reader.raw()).toEqual(before);
    const whole = await built(reader, { withTestValues: false });
    expect(whole).toMatchObject({ leftOut: 0, damaged: [{ id: 'a' }] });
  });

  test('encrypted, it holds them all the same', async () => {
    const app = await appWith(library());
    const { subtle } = globalThis.crypto;
    let clear = '';
    const crypto = {
      subtle: {
        importKey: subtle.importKey.bind(subtle),
        deriveKey: subtle.deriveKey.bind(subtle),
        decrypt: subtle.decrypt.bind(subtle),
        encrypt: (...all: Parameters<SubtleCrypto['encrypt']>) => {
          clear += new TextDecoder().decode(all[2]);
          return subtle.encrypt(...all);
        },
      } as unknown as SubtleCrypto,
      randomBytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    };
    const wish = { settings: { ...WITH, isProtected: true }, passphrase: 'correct horse' };
    expect(fileOf(await buildFile({ ...app.hands, crypto }, wish, signal)).replaced).toBe(6);
    expect(clear).toContain('TESTFAMILY1');
    expect(clear).not.toMatch(SECRET);
  });
});

describe('records with test values', () => {
  const of = (records: readonly Envelope[]) => withTestValues({ records, asides: [] }, appFiles, { digest });

  test('[I18] what fails its checksum is not made to look sound', async () => {
    const sound = template('a', { content: patient() });
    const damaged = { ...sound, id: 'b' };
    const found = await of([damaged, sound]);
    expect(found.records.map(({ id }) => id)).toEqual(['a']);
    expect(found.leftOut).toBe(1);
  });

  test('what is in a shape that nobody knows stays out: it might hold anything', async () => {
    const deep = JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`) as Json;
    const found = await of([
      envelope('drafts', 'other/d', { store: 'other', id: 'd', data: secret() }),
      envelope('drafts', 'templates/d', { store: 'templates', id: 'd', data: { content: patient() } }),
      envelope('a store of later', 'x', { content: patient() }),
      template('deep', { more: deep }),
      settings({ theme: 'dark' }),
    ]);
    expect(found.records.map(({ store }) => store)).toEqual(['settings']);
    expect(found).toMatchObject({ replaced: 0, leftOut: 4 });
  });

  test('keep their identity, their dates and all other members, and the originals are not touched', async () => {
    const record = template('a', { content: 'PID|||4711', tags: ['x'], more: { any: [1] } });
    const before = JSON.stringify(record);
    const [now] = (await of([record])).records;
    const { checksum, data, ...others } = record;
    expect(now).toMatchObject(others);
    expect(now?.data).toEqual({ ...(data as object), content: 'PID|||TESTID1' });
    expect(now?.checksum).not.toBe(checksum);
    expect(JSON.stringify(record)).toBe(before);
  });

  test('are numbered in the order of the file, in whatever order they are stored', async () => {
    const all = ['b', 'c', 'a'].map((id) => template(id, { content: `PID|||${id}` }));
    const contents = async (records: readonly Envelope[]) =>
      (await of(records)).records.map(({ data }) => (data as { content: string }).content);
    expect(await contents(all)).toEqual(['PID|||TESTID1', 'PID|||TESTID2', 'PID|||TESTID3']);
    expect(await contents(all.toReversed())).toEqual(await contents(all));
  });

  test('[T9] let the page breathe, and stop when somebody gives up', async () => {
    const many = Array.from({ length: 80 }, (_, i) => template(`${i}`, { content: patient() }));
    const breath = vi.fn(pause);
    await withTestValues({ records: many, asides: [] }, appFiles, { digest, pause: breath });
    expect(breath.mock.calls.length).toBeGreaterThan(5);
    const stop = new AbortController();
    const given = withTestValues({ records: many, asides: [] }, appFiles, {
      digest,
      signal: stop.signal,
      pause: async () => stop.abort(new Error('given up')),
    });
    await expect(given).rejects.toThrow('given up');
  });

  test('whatever is in a template: no throw, nothing left to find, and what is made is sound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom('PID|', '|', '^', '~', '&', '\\', '\r', 'HELPERVARIABLE1', 'DOE', '""', ' ', 'é'),
        ),
        fc.dictionary(fc.string(), fc.record({ default: fc.string() }), { maxKeys: 3 }),
        async (pieces, variables) => {
          const record = template('x', { content: `PID|||${pieces.join('')}`, variables });
          const { records } = await of([record]);
          expect(await findPatientLike(records, appFiles, { pause })).toEqual([]);
          for (const { data } of records)
            expect(appFiles.stores.get('templates')?.whereUnsound(data, 1)).toBeUndefined();
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });
});

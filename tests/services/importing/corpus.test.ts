import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appFiles } from '../../../src/app/stores/files/appFiles.ts';
import { checkFile } from '../../../src/bundle/checkFile.ts';
import { digestWith, sha256 } from '../../../src/vault/sha256.ts';
import { type ImportCase, templatesDigest } from '../../corpus/importCases.ts';
import { readCorpusFile, readCorpusJson, reportRun } from '../../corpus/location.ts';
import { plantDump, type RawDump } from '../../simulation/world/dump.ts';
import { testOrigin } from '../../support/environment.ts';
import { stateDump } from '../../vault/world.ts';
import { App, NAME } from './app.ts';

const cases = (readCorpusJson('import', 'index.json') ?? []) as ImportCase[];
const existing = readCorpusFile('existing.json');
const ran: string[] = [];
const skipped: string[] = [];
afterAll(() => reportRun('import, through the machine', ran.length, skipped));

test('this corpus has files to import', () => {
  expect(cases.length).toBeGreaterThan(0);
});

const noise = ['log', 'info', 'warn', 'error', 'debug'] as const;
beforeEach(() => {
  for (const method of noise) vi.spyOn(console, method);
});
afterEach(() => {
  for (const method of noise) {
    expect(console[method], 'nothing of a file goes to the console').not.toHaveBeenCalled();
    vi.mocked(console[method]).mockRestore();
  }
  expect(({} as { polluted?: unknown }).polluted, 'the prototype of all objects').toBeUndefined();
});

let existingDisk: Promise<RawDump> | undefined;

/** A page that has loaded what the case begins with. */
async function begin({ startState }: Pick<ImportCase, 'startState'>): Promise<App> {
  if (startState !== 'existing') return new App(testOrigin(), { hasSubtle: true }).load();
  existingDisk ??= (async () => {
    const app = await new App(testOrigin(), { hasSubtle: true }).load();
    if (!existing) throw new Error('the corpus has no existing.json');
    expect((await app.import(new Uint8Array(existing))).kind).toBe('imported');
    return app.raw();
  })();
  const origin = testOrigin();
  await plantDump(origin.indexedDB, NAME, await existingDisk);
  return new App(origin, { hasSubtle: true }).load();
}

describe.each(cases.map((one) => [one.file, one] as const))('%s', (_, one) => {
  const found = readCorpusFile('import', one.file);
  if (!found) {
    skipped.push(one.file);
    return;
  }

  test('[I5] [I18] [I19] [I22] through the machine', async () => {
    const bytes = new Uint8Array(found);
    expect(sha256(bytes), 'the file itself').toBe(one.sha256);
    const app = await begin(one);
    const before = { raw: await app.raw(), dump: stateDump(app.vault.state()) };
    const strategy = one.strategy === 'replace' ? 'replace' : 'merge';
    const ended = await app.import(bytes, { selection: { strategy }, agrees: true, decides: 'keep-second' });
    ran.push(one.file);

    if (ended.kind === 'refused') {
      expect([one.expect, ...(one.alsoAcceptable ?? [])], one.why).toContain('reject');
      if (one.code && one.expect === 'reject') expect(ended.code, one.why).toBe(one.code);
      expect(await app.raw(), 'a refusal writes nothing').toEqual(before.raw);
      return;
    }
    const { expect: due, alsoAcceptable = [] } = one;
    expect(
      [due, ...alsoAcceptable].some((outcome) => outcome !== 'reject'),
      one.why,
    ).toBe(true);
    const later = await app.revisit();
    await expectSameAfterExport(later, one, bytes);
    if (ended.kind !== 'imported') {
      expect(ended, one.why).toMatchObject({ kind: 'stuck', code: 'nothing' });
      expect(await later.raw(), 'an import of nothing writes nothing').toEqual(before.raw);
      return;
    }
    const again = await later.import(bytes, {
      selection: { strategy },
      agrees: true,
      decides: 'keep-second',
    });
    expect(again, 'the same file again is here already').toMatchObject({ kind: 'stuck', code: 'nothing' });
    await later.undo(ended.id);
    const undone = await later.revisit();
    expect(stateDump(undone.vault.state()), 'undo brings back the exact earlier state').toEqual(before.dump);
  });
});

async function expectSameAfterExport(app: App, one: ImportCase, bytes: Uint8Array): Promise<void> {
  const other = await new App(testOrigin(), { hasSubtle: true }).load();
  await other.import(await app.export(), { agrees: true });
  expect(stateDump(other.vault.state()), 'export, import again').toEqual(stateDump(app.vault.state()));
  expect(other.vault.state().state).toBe(app.vault.state().state);
  if (one.templatesDigest === undefined || one.startState) return;
  // By the order of the file: that is what the digest of the corpus covers.
  const checked = await checkFile(bytes, appFiles, {
    digest: digestWith(undefined),
    now: Date.UTC(2026, 2, 1, 9),
  });
  if (checked.kind !== 'accepted') throw new Error(checked.kind);
  const ids = checked.bundle.records.filter(({ store }) => store === 'templates').map(({ id }) => id);
  if (new Set(ids).size < ids.length) return;
  for (const { vault } of [app, other]) {
    const templates = ids.flatMap((id) => vault.state().records.get('templates')?.get(id)?.data ?? []);
    expect(templatesDigest(templates), 'no code unit changed').toBe(one.templatesDigest);
  }
}

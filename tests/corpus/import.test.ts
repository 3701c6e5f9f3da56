import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { buildBundle } from '../../src/bundle/buildBundle.ts';
import { checkFile } from '../../src/bundle/checkFile.ts';
import type { ImportPlan, Strategy } from '../../src/bundle/importPlan.ts';
import { planImport } from '../../src/bundle/planImport.ts';
import type { Checked } from '../../src/bundle/verdict.ts';
import type { Vault } from '../../src/vault/contract.ts';
import { digestWith, sha256 } from '../../src/vault/sha256.ts';
import type { Envelope, Json } from '../../src/vault/types.ts';
import { firstRun, makeWorld, rawDump, stateDump, type World } from '../vault/world.ts';
import { type ImportCase, inOwnFormat, type Outcome, templatesDigest } from './importCases.ts';
import { readCorpusFile, readCorpusJson, reportRun } from './location.ts';

const NOW = Date.UTC(2026, 2, 1, 9);
const digest = digestWith(globalThis.crypto.subtle);
const options = { digest, now: NOW };

const cases = (readCorpusJson('import', 'index.json') ?? []) as ImportCase[];
const existing = readCorpusFile('existing.json');
const ran: string[] = [];
const skipped: string[] = [];
afterAll(() => reportRun('import', ran.length, skipped));

test('this corpus has files to import', () => {
  expect(cases.length).toBeGreaterThan(0);
});

interface Run {
  outcome: Outcome;
  codes: string[];
  checked: Checked;
  planned: ImportPlan | null;
  world: World;
  vault: Vault;
  tookMs: number;
}

/** A browser in the state in which the case begins. */
async function begin({
  startState,
}: Pick<ImportCase, 'startState'>): Promise<{ world: World; vault: Vault }> {
  const world = await makeWorld('memory', { rules: appFiles.stores });
  const vault = firstRun(world);
  if (startState === 'existing') {
    if (!existing) throw new Error('the corpus has no existing.json');
    await take(vault, existing, 'merge');
  }
  return { world, vault };
}

async function planFor(
  vault: Vault,
  checked: Checked,
  strategy: Strategy,
  isAgreed = false,
): Promise<ImportPlan> {
  if (checked.kind !== 'accepted') throw new Error(`not accepted: ${checked.kind}`);
  return planImport(checked.bundle, vault.state(), appFiles, {
    strategy,
    label: 'import',
    pinName: 'before import',
    isAgreed,
    now: NOW,
  });
}

let commits = 0;
async function append(vault: Vault, { plan }: Pick<ImportPlan, 'plan'>): Promise<string | null> {
  if (!plan) return null;
  commits += 1;
  const id = `import-${commits}`;
  const outcome = await vault.append({ ...plan, id }).outcome;
  if (outcome.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(outcome)}`);
  return id;
}

async function take(vault: Vault, bytes: Uint8Array, strategy: Strategy): Promise<void> {
  await append(vault, await planFor(vault, await checkFile(bytes, appFiles, options), strategy, true));
}

async function run(one: ImportCase, bytes: Uint8Array): Promise<Run> {
  const { world, vault } = await begin(one);
  const began = performance.now();
  const checked = await checkFile(bytes, appFiles, options);
  const planned = checked.kind === 'accepted' ? await planFor(vault, checked, strategyOf(one)) : null;
  const tookMs = performance.now() - began;
  const warnings = checked.kind === 'accepted' ? [...checked.warnings, ...(planned?.warnings ?? [])] : [];
  const outcome = !planned ? 'reject' : warnings.length > 0 ? 'accept-with-warnings' : 'accept';
  const codes = checked.kind === 'refused' ? [checked.code] : warnings.map(({ code }) => code);
  return { outcome, codes, checked, planned, world, vault, tookMs };
}

function strategyOf({ strategy }: ImportCase): Strategy {
  return strategy === 'replace' ? 'replace' : 'merge';
}

const records = (vault: Vault): Envelope[] =>
  [...vault.state().records.values()].flatMap((all) => [...all.values()]);
const templatesIn = (vault: Vault): Json[] =>
  [...(vault.state().records.get('templates')?.values() ?? [])].map(({ data }) => data);

/** Strings of the file that would be recognised in a message: none may turn up in what is said about it (I22). */
function canaries(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes);
  return [...new Set(text.match(/[A-Z][A-Z0-9^|&]{11,60}/g))].slice(0, 200);
}

describe.each(cases.map((one) => [one.file, one] as const))('%s', (_, one) => {
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

  const bytes = readCorpusFile('import', one.file);
  if (!bytes) {
    skipped.push(one.file);
    return;
  }

  test('[I5] [I19] [I20] [I22] as it is', async () => {
    expect([bytes.length, sha256(bytes)], 'the file itself').toEqual([one.bytes, one.sha256]);
    const found = await run(one, bytes);
    expectOutcome(one, found, one.expect);
    if (found.checked.kind === 'accepted' && one.label) expect(found.checked.label, one.why).toBe(one.label);
    if (one.budgetMs !== undefined) expect(found.tookMs, one.why).toBeLessThan(one.budgetMs);
    expectSilence(found, bytes);
    await expectEffect(one, found, one.templatesDigest);
    ran.push(one.file);
  });

  if (!one.regenerateWithOwnExporter) return;
  test('[I5] [I18] [I19] [I20] in our own format', async () => {
    const expected = one.expectInOwnFormat ?? one.expect;
    const isForged = one.expectInOwnFormat === 'reject' && one.expect !== 'reject';
    const found = await run(one, inOwnFormat(bytes, isForged));
    expectOutcome({ ...one, ...(isForged && { code: 'checksum-mismatch' }) }, found, expected);
    if (found.checked.kind === 'accepted') expect(found.checked.label).toBe('strong-checksum');
    await expectEffect(one, found, one.templatesDigest);
  });
});

function expectOutcome(one: ImportCase, found: Run, expected: Outcome): void {
  const said = `${one.why} (${found.codes.join(' ')})`;
  expect([expected, ...(one.alsoAcceptable ?? [])], said).toContain(found.outcome);
  if (one.code && found.outcome === expected) expect(found.codes, one.why).toContain(one.code);
}

/** What is said about a file quotes nothing of it but names of members, and says where. */
function expectSilence({ checked, planned }: Run, bytes: Uint8Array): void {
  const said = JSON.stringify(
    checked.kind === 'accepted'
      ? [checked.warnings, planned?.warnings]
      : { ...checked, salvage: undefined, lock: undefined },
  );
  for (const canary of canaries(bytes))
    expect(said.includes(canary), 'a string of the file is quoted').toBe(false);
}

async function expectEffect(one: ImportCase, found: Run, digestDue: string | undefined): Promise<void> {
  const { checked, planned, vault, world } = found;
  const before = { raw: await rawDump(world.connection), dump: stateDump(vault.state()) };
  if (checked.kind !== 'accepted' || !planned) {
    const path = /error without the path \((\w+\[\d+\])\.(\w+)\)/.exec(one.mustNotHappen);
    if (path && checked.kind === 'refused') {
      expect(JSON.stringify(checked.at), one.why).toContain(path[1]);
      expect(JSON.stringify(checked.at), one.why).toContain(path[2]);
    }
    return;
  }

  const inFile = checked.bundle.records.filter(({ store }) => store === 'templates').map(({ data }) => data);
  if (one.templatesCount !== undefined) expect(inFile, one.why).toHaveLength(one.templatesCount);
  if (digestDue !== undefined) expect(templatesDigest(inFile), one.why).toBe(digestDue);
  expect(await rawDump(world.connection), 'checking and planning write nothing').toEqual(before.raw);

  if (planned.shrinking.length > 0) {
    const refused = planned.plan && (await vault.append({ ...planned.plan, id: 'not-agreed' }).outcome);
    expect(refused, one.why).toEqual({ kind: 'refused', why: 'wouldShrink' });
    expect(await rawDump(world.connection), 'a refusal writes nothing').toEqual(before.raw);
    expect(planned.lost.length, one.why).toBeGreaterThan(0);
  }
  const templatesBefore = templatesIn(vault);
  const recordsBefore = records(vault);
  const agreed = await planFor(vault, checked, strategyOf(one), true);
  const id = await append(vault, agreed);
  expectAfter(one, { planned, vault, templatesBefore });
  for (const entry of agreed.entries) {
    if (entry.choice !== 'file') continue;
    const now = vault.state().records.get(entry.record.store)?.get(entry.record.id);
    expect(JSON.stringify(now?.data) === JSON.stringify(sorted(entry.record.data)), one.why).toBe(true);
  }
  const inFileIds = new Set(checked.bundle.records.map(({ store, id: own }) => `${store}/${own}`));
  if (strategyOf(one) === 'merge') {
    const unrelated = recordsBefore.filter(({ store, id: own }) => !inFileIds.has(`${store}/${own}`));
    expect(records(vault), 'unrelated records').toEqual(expect.arrayContaining(unrelated));
  }

  await expectSameAfterExport(vault);
  if (id === null) {
    expect(await rawDump(world.connection), 'nothing differs, nothing is written').toEqual(before.raw);
    return;
  }
  const again = await planFor(vault, checked, strategyOf(one), true);
  expect(again.plan, 'the same file again changes nothing').toBeNull();
  const undo = await vault.planUndo(id);
  if (undo.kind !== 'undoable') throw new Error(`the import cannot be undone: ${undo.kind}`);
  await append(vault, undo);
  expect(stateDump(vault.state()), 'undo brings back the exact earlier state').toEqual(before.dump);
  const reloaded = await world.open();
  expect(stateDump(reloaded.state()), 'also after a reload').toEqual(before.dump);
}

/** What `after` says in a form that a test can read. */
function expectAfter(
  one: ImportCase,
  { planned, vault, templatesBefore }: { planned: ImportPlan; vault: Vault; templatesBefore: Json[] },
): void {
  const { after = '' } = one;
  if (/deep-equal before|templates unchanged/.test(after))
    expect(templatesIn(vault)).toEqual(templatesBefore);
  const [, preview] = /preview \{(.*)\}/.exec(after) ?? [];
  if (preview === undefined) return;
  const due = Object.fromEntries(
    [...preview.matchAll(/(\w+):(\d+)/g)].map(([, name, count]) => [name, Number(count)]),
  );
  const { new: added, same: unchanged, conflicting } = planned.counts;
  expect({ added, unchanged, conflicting }, one.why).toEqual(due);
}

async function expectSameAfterExport(vault: Vault): Promise<void> {
  const source = { records: records(vault) };
  const built = await buildBundle(source, appFiles, { ...options, exportedAt: '2026-03-01T09:00:00.000Z' });
  if (built.kind !== 'built') throw new Error(`not exported: ${built.kind}`);
  expect(built.state).toBe(vault.state().state);
  const { vault: other } = await begin({});
  await take(other, built.bytes, 'replace');
  expect(stateDump(other.state()), 'export, import again').toEqual(stateDump(vault.state()));
  expect(other.state().state).toBe(vault.state().state);
}

/** Members as they come back from the store. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { StorageError } from '../../src/engines/errors.ts';
import { isBytes, toBase64 } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import type { Vault, Verdict } from '../../src/vault/contract.ts';
import { fold } from '../../src/vault/fold.ts';
import { stateAt } from '../../src/vault/points.ts';
import { decodeQuarantined } from '../../src/vault/quarantine.ts';
import { restoreChanges } from '../../src/vault/restore.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Change, CommitPlan } from '../../src/vault/types.ts';
import { migrationChanges } from '../../src/vault/upgrade.ts';
import { reportRun } from '../corpus/location.ts';
import {
  cases,
  classesIn,
  enginesOf,
  expectedClasses,
  type Made,
  materialise,
  own,
  PLACE,
  placed,
  rulesOfVersion,
  stocked,
  template,
} from './stored.ts';
import { change, plan, rawDump, tabOver, vaultFrom, type World } from './world.ts';

type Dump = Map<string, unknown>;

const digest = digestWith(undefined);

/** What is written from, if anything can be: a newer build's data gives nothing to write from (I7). */
function writerOn(world: World, verdict: Verdict): Vault | null {
  if (verdict.kind === 'newer') return null;
  return vaultFrom(world, verdict.kind === 'damaged' ? (verdict.state ?? verdict.base) : verdict.state);
}

const append = (vault: Vault, changes: Change[], more: Partial<CommitPlan> = {}) =>
  vault.append(plan(changes, { agreed: true, ...more })).outcome;
const editLibrary = (vault: Vault, n: number) => change(vault, 'library', 'library', [template(n)]);
const removals = (vault: Vault) =>
  [...vault.state().records].flatMap(([store, records]) =>
    [...records.keys()].map((id) => change(vault, store, id, undefined)),
  );

/** As the product does each: what replaces much is preceded by a proof that the present can be rebuilt. */
const operations: Record<string, (vault: Vault, world: World, before: Vault) => Promise<unknown>> = {
  async save(vault) {
    await append(vault, [editLibrary(vault, 9)]);
    await append(vault, [change(vault, 'notes', 'n1', { text: 'again' })]);
  },
  async delete(vault) {
    await vault.capture();
    await append(vault, removals(vault).slice(0, 2), { kind: 'delete' });
  },
  async clear(vault) {
    await vault.capture();
    await append(vault, removals(vault), { kind: 'clear' });
  },
  async import(vault) {
    await vault.capture();
    const note = change(vault, 'notes', 'imported', { text: 'from a file' });
    await append(vault, [editLibrary(vault, 7), note], { kind: 'import' });
  },
  async restore(vault, { connection, rules }) {
    await vault.capture();
    const wanted = await stateAt(connection, 1, { rules, digest });
    await append(vault, restoreChanges(vault.state(), wanted, rules), { kind: 'restore' });
  },
  async repair(vault) {
    await append(vault, [], { kind: 'restore' });
  },
  async migrate(_, { connection, environment }) {
    const newer = tabOver(connection, environment, rulesOfVersion(2));
    const vault = writerOn(newer, await newer.load());
    if (!vault) throw new Error('version 2 knows all of version 1');
    await vault.capture();
    await append(vault, migrationChanges(vault.state(), newer.rules), { kind: 'migrate' });
  },
  async undo(vault) {
    const undo = await vault.planUndo('c-edit');
    if (undo.kind === 'undoable') await vault.append({ ...undo.plan, id: 'undo' }).outcome;
  },
  async 'second tab'(vault, _, before) {
    // Its tab was opened before anything was wrong, and knows nothing of it.
    await append(before, [change(before, 'notes', 'n2', { text: 'other tab' }), editLibrary(before, 8)]);
    await append(vault, [editLibrary(vault, 9)]);
    await append(vault, [change(vault, 'notes', 'n3', { text: 'this tab' })]);
  },
};

/** Later days: what is kept beside the newest is cut, and damage in its way goes to quarantine. */
async function grow(world: World, days: number): Promise<void> {
  for (let day = 1; day <= days; day++) {
    world.environment.clock.increment(20 * 60 * 60 * 1_000);
    const vault = writerOn(world, await world.load());
    if (vault) await append(vault, [change(vault, 'notes', 'n4', { text: `day ${day}` })]);
    await fold(world.connection, { ...world, isPressed: day === 3 });
  }
}

/** Only refusals are expected here: anything else is a fault of the product or of this test. */
async function attempt(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof StorageError) || error.class !== 'corrupt') throw error;
  }
}

function expectKept(sound: Dump, before: Dump, after: Dump): void {
  const copies = new Set(
    [...after].flatMap(([key, value]) =>
      key.startsWith('["quarantine"') ? [decodeQuarantined(value)?.bytes] : [],
    ),
  );
  for (const [key, found] of before) {
    const bytes = isBytes(found) ? found : new TextEncoder().encode(canonicalOr(found));
    if (isDeepStrictEqual(found, sound.get(key)) || copies.has(toBase64(bytes))) continue;
    expect(
      isDeepStrictEqual(after.get(key), found),
      `${key} was damaged, and is neither there nor in quarantine`,
    ).toBe(true);
  }
}

function canonicalOr(value: unknown): string {
  try {
    return canonical(value);
  } catch {
    return 'no copy can be made of it';
  }
}

const runs = cases.flatMap((one) =>
  enginesOf(one).map((engine) => [`${one.id} ${one.name}`, engine, one] as const),
);
const ran: string[] = [];
const skipped: string[] = [];
afterAll(() => {
  reportRun(`stored, ${Object.keys(operations).length} operations each`, ran.length, skipped);
  if (cases.length > 0) expect(ran.length).toBeGreaterThan(0);
});

describe.runIf(cases.length > 0)('whatever is done after damage was found', () => {
  test.each(runs)(
    '[I4] [I7] [X09] %s on %s: nothing is overwritten that is not in quarantine',
    async (_, engine, one) => {
      const made: Made = materialise(one, own);
      for (const [name, operate] of Object.entries(operations)) {
        const world = await stocked(engine);
        const sound = await rawDump(world.connection);
        const other = await world.open();
        const tab = await placed(world, engine, made);
        if (!tab) {
          skipped.push(`${one.id} on ${engine}`);
          return;
        }
        const before = await rawDump(tab.connection);
        const verdict = await tab.load();
        expectReported(verdict, before, sound, expectedClasses(one, true));
        expect(isDeepStrictEqual(await rawDump(tab.connection), before), 'looking changes nothing').toBe(
          true,
        );

        const vault = writerOn(tab, verdict);
        if (vault) await attempt(operate(vault, tab, other));
        else if (name === 'second tab') await attempt(append(other, [editLibrary(other, 8)]));
        expectKept(sound, before, await rawDump(tab.connection));
        await attempt(grow(tab, engine === 'memory' ? 3 : 1));
        expectKept(sound, before, await rawDump(tab.connection));
      }
      ran.push(`${one.id} ${engine}`);
    },
  );
});

/** With the class of the corpus; where the record alone shows nothing, what lies around it still does. */
function expectReported(verdict: Verdict, before: Dump, sound: Dump, expected: readonly string[]): void {
  const place = JSON.stringify(PLACE);
  if (isDeepStrictEqual(before.get(place), sound.get(place))) {
    expect(verdict.kind).toBe('intact');
    return;
  }
  expect(verdict.kind).not.toBe('intact');
  if (expected.includes('ok')) return;
  // The log and the head know of it: what is not there has vanished.
  const due = before.has(place) ? expected : ['vanished'];
  const found = classesIn(verdict);
  expect(
    due.some((one) => found.includes(one)),
    `due ${due.join()}, found ${found.join()}`,
  ).toBe(true);
}

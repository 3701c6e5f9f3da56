import { afterEach, describe, expect, test, vi } from 'vitest';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import type { Vault } from '../../src/vault/contract.ts';
import { fold } from '../../src/vault/fold.ts';
import type { Change, CommitOutcome } from '../../src/vault/types.ts';
import { migrationChanges } from '../../src/vault/upgrade.ts';
import { meddle } from '../engines/meddle.ts';
import { seededRandom, testEnvironment, testOrigin } from '../support/environment.ts';
import {
  change,
  firstRun,
  makeWorld,
  NAME,
  plan,
  RULES,
  rawDump,
  save,
  stateDump,
  tabOver,
  vaultFrom,
  type World,
} from './world.ts';

/** A tab of its own: its own connection over the same browser profile. */
async function openTab(origin = testOrigin(), name = 'tab-1', hooks: Parameters<typeof meddle>[1] = {}) {
  const environment = testEnvironment({ origin, tab: name, without: ['locks', 'channel'] });
  const factory = meddle(origin.indexedDB, hooks);
  const opening = await createIndexedDbEngine({ ...environment, indexedDB: () => factory }, NAME).open();
  if (opening.kind !== 'open') throw new Error(opening.kind);
  return { world: tabOver(opening.connection, environment), connection: opening.connection };
}

describe('what only looks safe fails here', () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each([1, 2, 3, 4, 5])(
    '[F58] [I8] [F55] [X17] two tabs without BroadcastChannel and navigator.locks lose nothing on IndexedDB (seed %i)',
    async (seed) => {
      vi.stubGlobal('BroadcastChannel', undefined);
      vi.stubGlobal('navigator', {});
      const origin = testOrigin();
      const one = await openTab(origin, 'one');
      const first = firstRun(one.world);
      await save(first, 'shared', { by: [] });
      const other = await openTab(origin, 'other');
      const acknowledged: string[] = [];

      const work = async (vault: Vault, tab: string, world: World, random: () => number) => {
        for (let turn = 0; turn < 25; turn++) {
          const mark = `${tab} ${turn}`;
          const id = random() < 0.5 ? 'shared' : tab;
          const edit = (): Change => {
            const data = vault.state().records.get('notes')?.get(id)?.data as { by: string[] } | undefined;
            return change(vault, 'notes', id, { by: [...(data?.by ?? []), mark] });
          };
          // The loser is told who won, merges by hand, and tries again: an edit is never dropped in silence.
          let outcome: CommitOutcome;
          do outcome = await vault.append(plan([edit()])).outcome;
          while (outcome.kind === 'conflicted');
          expect(outcome.kind).toBe('committed');
          acknowledged.push(mark);
          if (random() < 0.1) await fold(world.connection, world);
        }
      };
      await Promise.all([
        work(first, 'one', one.world, seededRandom(seed)),
        work(await other.world.open(), 'other', other.world, seededRandom(seed + 100)),
      ]);

      const records = [...((await one.world.open()).state().records.get('notes')?.values() ?? [])];
      const kept = records.flatMap(({ data }) => (data as { by: string[] }).by);
      expect(acknowledged).toHaveLength(50);
      expect(kept.sort()).toEqual(acknowledged.sort());
    },
  );

  test('[F72] [X10] an import of 10,000 records is exactly one readwrite transaction', async () => {
    const begun: string[] = [];
    let isCutOff = false;
    const { world, connection } = await openTab(testOrigin(), 'tab-1', {
      transaction(tx) {
        begun.push(tx.mode);
        if (isCutOff && tx.mode === 'readwrite') setTimeout(() => tx.abort());
      },
    });
    const vault = firstRun(world);
    await save(vault, 'before', { text: 'was there' });
    const changes = Array.from({ length: 10_000 }, (_, i) =>
      change(vault, i % 2 ? 'notes' : 'settings', `r${i}`, { text: `record ${i}` }),
    );
    begun.length = 0;
    await vault.capture();
    expect((await vault.append(plan(changes, { kind: 'import' })).outcome).kind).toBe('committed');
    expect(begun.filter((mode) => mode === 'readwrite')).toHaveLength(1);
    expect((await world.open()).state().count).toEqual({ notes: 5_001, settings: 5_000 });

    // And cut off in the middle it is none at all.
    const before = await rawDump(connection);
    isCutOff = true;
    const half = plan(changes.map((one) => ({ ...one, baseRev: 1, data: { text: 'x' } })));
    await expect(vault.append(half).outcome).rejects.toMatchObject({ class: 'transient' });
    expect(await rawDump(connection)).toEqual(before);
  });

  test('[X19] what the vault remembers of itself is no data: clearing leaves marks and quarantine alone', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await vault.setMark('seeded', true);
    const kept = { id: 'q', bytes: btoa('as found'), where: 'somewhere', why: 'corrupt:shape', at: '' };
    await vault.append(
      plan([], { quarantine: [kept], marks: { legacy: { contentHash: 'x', state: 'done' } } }),
    ).outcome;
    const before = await rawDump(world.connection);
    const clear = plan([change(vault, 'notes', 'a', undefined)], { kind: 'clear', agreed: true });
    expect((await vault.append(clear).outcome).kind).toBe('committed');
    expect(stateDump((await world.open()).state())).toEqual([]);
    const after = await rawDump(world.connection);
    for (const [key, value] of before)
      if (/^\["(marks|quarantine)"/.test(key)) expect(after.get(key)).toEqual(value);
    expect(await (await world.open()).mark('seeded')).toBe(true);
  });

  test('[X07] [F46] only what verified is migrated, in one commit that keeps what it replaced', async () => {
    const world = await makeWorld();
    const old = firstRun(world);
    const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
    await old.append(plan(ids.map((id) => change(old, 'notes', id, { text: id })))).outcome;
    await save(old, 'n3', { text: 'to be damaged' });
    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [2, 0]))) as Uint8Array;
    const text = new TextDecoder().decode(page).replace('to be damaged', 'to be Damaged');
    await world.putRaw('log', [2, 0], new TextEncoder().encode(text));

    const second = new Map([
      ...RULES,
      [
        'notes',
        {
          version: 2,
          isSound: () => true,
          migrate: (data: unknown) => ({ title: (data as { text: string }).text }),
        },
      ],
    ] as const);
    const next = tabOver(world.connection, world.environment, second);
    const verdict = await next.load();
    if (verdict.kind !== 'outdated') throw new Error(verdict.kind);
    expect(verdict.damage).toMatchObject([{ class: 'corrupt:checksum', id: 'n3', repaired: false }]);
    const before = await rawDump(world.connection);
    const vault = vaultFrom(next, verdict.state);
    const changes = migrationChanges(vault.state(), second);
    expect(changes.map(({ id }) => id)).not.toContain('n3');
    expect((await vault.append(plan(changes, { kind: 'migrate' })).outcome).kind).toBe('committed');
    const after = await rawDump(world.connection);
    for (const [key, value] of before) if (key.startsWith('["log"')) expect(after.get(key)).toEqual(value);
    const again = await next.load();
    if (!('state' in again) || !again.state) throw new Error(again.kind);
    expect(again.state.asides).toHaveLength(1);
    const written = (await world.connection.read(['log'], (reader) =>
      reader.get('log', [3, 0]),
    )) as Uint8Array;
    const lines = new TextDecoder().decode(written).trimEnd().split('\n').slice(1);
    expect(lines.map((line) => JSON.parse(line).before.data.text).sort()).toEqual(
      ids.filter((id) => id !== 'n3').sort(),
    );
  });
});

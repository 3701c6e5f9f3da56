import { describe, expect, test } from 'vitest';
import type { Connection, Key } from '../../src/engines/contract.ts';
import type { StorageError } from '../../src/engines/errors.ts';
import { rebased } from '../../src/vault/draft.ts';
import { fold } from '../../src/vault/fold.ts';
import { pointsInTime } from '../../src/vault/points.ts';
import { restoreChanges } from '../../src/vault/restore.ts';
import type { Rules } from '../../src/vault/rules.ts';
import {
  change,
  firstRun,
  makeWorld,
  plan,
  RULES,
  rawDump,
  remove,
  save,
  stateDump,
  tabOver,
  vaultFrom,
} from './world.ts';

/** Runs something between a transaction's being planned and its being written: the other tab is always faster. */
const overtaken = (
  connection: Connection,
  when: (kinds: readonly string[]) => boolean,
  first: () => Promise<unknown>,
): Connection => {
  let isPending = true;
  return {
    ...connection,
    write(kinds, body) {
      if (!isPending || !when(kinds)) return connection.write(kinds, body);
      isPending = false;
      const write = first().then(() => connection.write(kinds, body));
      return { done: write.then(({ done }) => done), abort: () => write.then(({ abort }) => abort()) };
    },
  };
};

describe('another tab was faster', () => {
  test('a cut that was planned before another tab cut does nothing', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (let i = 1; i <= 80; i++) {
      world.environment.clock.increment(600_000);
      await save(vault, 'a', { text: `${i}` });
      if (i % 20 === 0 && i < 80) await fold(world.connection, world);
    }
    const isCut = (kinds: readonly string[]) => kinds.includes('log') && !kinds.includes('head');
    let dump = new Map<string, unknown>();
    const first = async () => {
      await fold(world.connection, world);
      dump = await rawDump(world.connection);
    };
    expect(await fold(overtaken(world.connection, isCut, first), world)).toMatchObject({ kind: 'folded' });
    expect(await rawDump(world.connection)).toEqual(dump);
  });

  test.each([
    ['is damaged', new Uint8Array(9)],
    ['has gone', undefined],
  ])('a cut whose older snapshot %s meanwhile does nothing', async (_, wreck) => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (let i = 1; i <= 3; i++) {
      await save(vault, 'a', { text: `${i}` });
      if (i < 3) await fold(world.connection, world);
    }
    const isCut = (kinds: readonly string[]) => kinds.includes('log') && !kinds.includes('head');
    const first = () => world.putRaw('snapshots', [2, 0], wreck);
    await fold(overtaken(world.connection, isCut, first), world);
    const keys = await world.connection.read(['snapshots'], (reader) => reader.keys('snapshots'));
    expect(keys.map((key: Key) => key[0])).toContain(1);
  });

  test('[I8] a record made and removed meanwhile is a conflict, for its revision was given', async () => {
    const world = await makeWorld();
    await save(firstRun(world), 'z', { text: 'z' });
    const other = await tabOver(world.connection, world.environment).open();
    const first = async () => {
      await save(other, 'a', { text: 'theirs' });
      await remove(other, 'a');
    };
    const connection = overtaken(world.connection, (kinds) => kinds.includes('head'), first);
    const vault = await tabOver(connection, world.environment).open();
    expect(await save(vault, 'a', { text: 'ours' })).toMatchObject({
      kind: 'conflicted',
      winners: [{ id: 'a', now: null }],
    });
  });

  test('a decision about what was set aside is made again when others were faster', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (let i = 0; i < 20; i++) await save(vault, `r${i}`, { text: `${i}` });
    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [20, 0]))) as Uint8Array;
    await world.putRaw('log', [20, 0], page.with(page.length - 200, 0x21));
    const verdict = await world.load();
    if (verdict.kind !== 'damaged' || !verdict.state) throw new Error(verdict.kind);
    await save(vaultFrom(world, verdict.state), 'r1', { text: 'carries the aside' });

    const carrying = async () => {
      const found = await world.load();
      if (found.kind !== 'damaged' || !found.state) throw new Error(found.kind);
      return found.state;
    };
    const one = vaultFrom(world, await carrying());
    await save(vaultFrom(world, await carrying()), 'r2', { text: 'faster' });
    const quarantine = one
      .state()
      .asides.map(({ aside, why }) => ({ id: 'q', bytes: aside, where: 'log', why, at: '' }));
    expect(await one.append(plan([], { quarantine })).outcome).toEqual({ kind: 'refused', why: 'behind' });
    expect(await one.append(plan([], { quarantine })).outcome).toMatchObject({ kind: 'committed' });
    expect((await world.load()).kind).toBe('intact');
  });

  test('[F42] what was to be written back is refused when somebody wrote meanwhile', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const fresh = await makeWorld();
    await save(firstRun(fresh), 'other', { text: 'other' });
    const back = vaultFrom(fresh, rebased(vault.state(), undefined));
    expect(await back.append(plan([])).outcome).toEqual({ kind: 'refused', why: 'behind' });
    expect(await back.refresh()).toEqual({ kind: 'behind' });
  });

  test('[F61] looking again names what changed, and only that', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const id of ['a', 'b', 'c']) await save(vault, id, { text: id });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'a', { text: 'changed' });
    await remove(other, 'b');
    await save(other, 'd', { text: 'new' });
    await other.append(plan([change(other, 'settings', 's', { theme: 'dark' })])).outcome;
    const found = await vault.refresh();
    expect(found.kind === 'followed' && found.changed.map(({ id }) => id).sort()).toEqual([
      'a',
      'b',
      'd',
      's',
    ]);
    expect(await vault.refresh()).toEqual({ kind: 'followed', changed: [] });
    expect(stateDump(vault.state())).toEqual(stateDump(other.state()));
  });

  test('two tabs that start at once have one vault: the second takes over the name of the first', async () => {
    const world = await makeWorld();
    const [one, other] = [firstRun(world), firstRun(world)];
    await save(one, 'a', { text: 'a' });
    expect(await save(other, 'b', { text: 'b' })).toMatchObject({ kind: 'committed', seq: 2 });
    expect(other.state().vault).toBe(one.state().vault);
    expect((await world.open()).state().count).toEqual({ notes: 2 });
  });
});

test('[F31] an unseen commit that cannot be read is not followed', async () => {
  const world = await makeWorld();
  const vault = firstRun(world);
  await save(vault, 'a', { text: 'a' });
  await save(await tabOver(world.connection, world.environment).open(), 'b', { text: 'b' });
  await world.putRaw('log', [2, 0], 'no bytes');
  expect(await save(vault, 'c', { text: 'c' })).toEqual({ kind: 'refused', why: 'behind' });
});

describe('giving up', () => {
  test('[I13] one under way is aborted by its own transaction, which knows whether it landed', async () => {
    const world = await makeWorld('indexeddb');
    const vault = firstRun(world);
    const before = vault.append(plan([change(vault, 'notes', 'a', { text: 'a' })]));
    const outcome = before.outcome.catch((error: StorageError) => error.class);
    await new Promise((resolve) => setTimeout(resolve, 0));
    const end = await before.abort();
    const found = await outcome;
    expect([end, typeof found]).toEqual(end === 'landed' ? ['landed', 'object'] : ['aborted', 'string']);
    expect((await world.load()).kind).toBe('intact');

    const landed = vault.append(plan([change(vault, 'notes', 'b', { text: 'b' })]));
    await landed.outcome;
    expect(await landed.abort()).toBe('landed');
  });

  test('[I8] [F13] an answer that comes late never takes the state back', async () => {
    const world = await makeWorld();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let isFirst = true;
    const connection: Connection = {
      ...world.connection,
      write(kinds, body) {
        const write = world.connection.write(kinds, body);
        if (!isFirst) return write;
        isFirst = false;
        // It lands; but nobody hears of it in time, and giving up tells nothing either.
        return { done: asked.then(() => write.done), abort: () => new Promise(() => {}) };
      },
    };
    const vault = firstRun({ ...world, connection });
    const silent = vault.append(plan([change(vault, 'notes', 'a', { text: 'a' })]));
    await new Promise((resolve) => setTimeout(resolve, 5));
    void silent.abort();
    expect(await save(vault, 'b', { text: 'b' })).toMatchObject({ kind: 'committed', seq: 2 });
    answer();
    expect(await silent.outcome).toMatchObject({ kind: 'committed', seq: 1 });
    expect(vault.state().head.seq).toBe(2);
    expect(stateDump(vault.state())).toHaveLength(2);
  });

  test('an error that is none of storage is not swallowed', async () => {
    const world = await makeWorld();
    const bug = new TypeError('a bug');
    const rules: Rules = new Map([
      [
        'notes',
        {
          version: 1,
          isSound: () => {
            throw bug;
          },
        },
      ],
    ]);
    const vault = firstRun({ ...world, rules });
    await expect(save(vault, 'a', { text: 'a' })).rejects.toBe(bug);
  });
});

describe('small print', () => {
  test('a plan names its own pin; a removal of what is not there is no change; equal records are not restored', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const point = vault.state();
    await vault.append(
      plan([change(vault, 'notes', 'nobody', undefined)], {
        kind: 'import',
        pin: { name: 'mine', days: null },
      }),
    ).outcome;
    expect(await vault.commits(1)).toMatchObject([{ kind: 'import', changes: 0 }]);
    expect((await pointsInTime(world.connection))[1]).toMatchObject({ pin: { name: 'mine', days: null } });
    expect(restoreChanges(vault.state(), point, RULES)).toEqual([]);
  });

  test('a commit that cannot be read is left out of the list', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    await world.putRaw('log', [1, 0], new Uint8Array(4));
    expect((await vault.commits(10)).map(({ seq }) => seq)).toEqual([2]);
    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [2, 0]))) as Uint8Array;
    await world.putRaw('log', [2, 0], page.slice(0, page.length - 9));
    expect(await vault.commits(10)).toEqual([]);
  });

  test('capture is refused when a newer build wrote, and when storage holds another state than this page', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const newer: Rules = new Map([['notes', { version: 0, isSound: () => true }]]);
    await expect(vaultFrom({ ...world, rules: newer }, vault.state()).capture()).rejects.toMatchObject({
      class: 'corrupt',
    });
    expect(await fold(world.connection, { ...world, rules: newer })).toEqual({ kind: 'held' });
    const fresh = await makeWorld();
    const stray = vaultFrom(fresh, vault.state());
    await expect(stray.capture()).rejects.toMatchObject({ class: 'corrupt' });
  });
});

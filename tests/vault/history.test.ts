import { describe, expect, test } from 'vitest';
import { fold } from '../../src/vault/fold.ts';
import { pointsInTime, stateAt } from '../../src/vault/points.ts';
import { restoreChanges } from '../../src/vault/restore.ts';
import type { Rules } from '../../src/vault/rules.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Json } from '../../src/vault/types.ts';
import { migrationChanges } from '../../src/vault/upgrade.ts';
import {
  change,
  ENGINES,
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

const options = { rules: RULES, digest: digestWith(undefined) };

const undoable = async (vault: ReturnType<typeof firstRun>, id: string) => {
  const undo = await vault.planUndo(id);
  if (undo.kind !== 'undoable') throw new Error(undo.kind);
  return undo;
};

describe.each(ENGINES)('undo on %s', (engine) => {
  test('[I17] [I3] a commit that cannot be read stands in the way of its own undo alone', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' }, { id: 'readable' });
    await world.putRaw('log', [1, 0], new Uint8Array(4));
    expect(await vault.planUndo('readable')).toMatchObject({ kind: 'undoable', touched: [] });
    expect(await vault.planUndo('never there')).toEqual({ kind: 'unknown' });
  });

  test('[I17] what was cleared comes back exactly, and the undo can be undone', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'a', { text: 'a, later' });
    await save(vault, 'b', { text: 'b' });
    const before = stateDump(vault.state());
    const all = ['a', 'b'].map((id) => change(vault, 'notes', id, undefined));
    const clear = plan(all, { kind: 'clear', agreed: true });
    await vault.append(clear).outcome;
    expect(stateDump(vault.state())).toEqual([]);

    const undo = await undoable(vault, clear.id);
    expect(undo.touched).toEqual([]);
    expect(await vault.append({ ...undo.plan, id: 'u-1' }).outcome).toMatchObject({ kind: 'committed' });
    expect(stateDump((await world.open()).state())).toEqual(before);
    // Data comes back; revisions grow, so that nobody takes it for what he had seen.
    expect(vault.state().records.get('notes')?.get('a')?.rev).toBe(3);
    expect(await vault.commits(1)).toMatchObject([{ kind: 'undo', undoes: clear.id, changes: 2 }]);

    // A page that is not as it was written counts for nothing, not even for a number of changes.
    const { seq } = vault.state().head;
    const bytes = (await world.connection.read(['log'], (reader) =>
      reader.get('log', [seq, 0]),
    )) as Uint8Array;
    const end = bytes.indexOf(0x0a) + 1;
    const line = bytes.slice(end);
    await world.putRaw('log', [seq, 0], Uint8Array.from([...bytes.slice(0, end), ...line, ...line]));
    expect((await vault.commits(2)).map(({ id }) => id)).toEqual([clear.id]);
    await world.putRaw('log', [seq, 0], bytes);

    const again = await undoable(vault, 'u-1');
    await vault.append({ ...again.plan, id: 'u-2' }).outcome;
    expect(stateDump(vault.state())).toEqual([]);
  });

  test('[I17] a removed record goes on from its revision, also when a fold and a reload lie between', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'a', { text: 'a, later' });
    const removal = plan([change(vault, 'notes', 'a', undefined)], { kind: 'delete', agreed: true });
    await vault.append(removal).outcome;
    await fold(world.connection, world);
    const later = await world.open();
    const undo = await undoable(later, removal.id);
    await later.append({ ...undo.plan, id: 'u' }).outcome;
    expect(later.state().records.get('notes')?.get('a')).toMatchObject({
      rev: 3,
      data: { text: 'a, later' },
    });
  });

  test('what changed since is left as it is, and named', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const edit = plan([
      change(vault, 'notes', 'a', { text: 'x' }),
      change(vault, 'notes', 'b', { text: 'x' }),
    ]);
    await vault.append(edit).outcome;
    await save(vault, 'b', { text: 'later' });
    const undo = await undoable(vault, edit.id);
    expect(undo.touched).toEqual([{ store: 'notes', id: 'b' }]);
    await vault.append({ ...undo.plan, id: 'u' }).outcome;
    expect(stateDump(vault.state())).toMatchObject([{ data: { text: 'a' } }, { data: { text: 'later' } }]);
  });
});

describe('undo', () => {
  test('an unknown commit, or one that is damaged, is not undone', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const edit = plan([change(vault, 'notes', 'a', { text: 'a' })]);
    await vault.append(edit).outcome;
    expect(await vault.planUndo('never')).toEqual({ kind: 'unknown' });
    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [1, 0]))) as Uint8Array;
    await world.putRaw('log', [1, 0], page.with(page.length - 30, 0x21));
    expect(await vault.planUndo(edit.id)).toEqual({ kind: 'unknown' });
    const large = ['x', 'y', 'z'].map((id) => change(vault, 'notes', id, { text: id.repeat(600_000) }));
    const bulk = plan(large);
    await vault.append(bulk).outcome;
    const last = (await world.connection.read(['log'], (reader) => reader.get('log', [2, 1]))) as Uint8Array;
    await world.putRaw('log', [2, 1], last.with(last.length - 30, 0x21));
    expect(await vault.planUndo(bulk.id)).toEqual({ kind: 'unknown' });
    await world.putRaw('log', [2, 1], undefined);
    expect(await vault.planUndo(bulk.id)).toEqual({ kind: 'unknown' });
  });
});

describe('the commits that are kept', () => {
  test('are listed newest first, as many as one asks for', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const id of ['one', 'two', 'three']) await save(vault, 'a', { text: id }, { id });
    const listed = async (limit: number) => (await vault.commits(limit)).map(({ id }) => id);
    expect(await listed(2)).toEqual(['three', 'two']);
    expect(await listed(9)).toEqual(['three', 'two', 'one']);
  });

  test('[F13] are looked through for one that may have landed: what was read before cannot be it, damaged or not', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    await world.putRaw('log', [2, 0], new Uint8Array(4));
    expect(await vault.find('never')).toEqual({ kind: 'absent' });
    await world.putRaw('log', [3, 0], new Uint8Array(4));
    await expect(vault.find('never')).rejects.toMatchObject({ class: 'corrupt' });
  });

  test('[F13] of other tabs are not it either, where they can be read', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'b', { text: 'b' }, { id: 'of the other' });
    expect(await vault.find('never')).toEqual({ kind: 'absent' });
    expect(await vault.find('of the other')).toEqual({ kind: 'landed', seq: 2 });
  });
});

describe('points in time', () => {
  test('[I16] [F66] [X11] a restore is one commit that keeps what it replaces, and is undone exactly', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const wanted = stateDump(vault.state());
    await save(vault, 'a', { text: 'changed' });
    await remove(vault, 'b');
    await save(vault, 'c', { text: 'c' });
    const before = stateDump(vault.state());

    const point = await stateAt(world.connection, 2, options);
    const restore = plan(restoreChanges(vault.state(), point, RULES), { kind: 'restore', agreed: true });
    expect(restore.changes).toHaveLength(3);
    await vault.append(restore).outcome;
    expect(stateDump(vault.state())).toEqual(wanted);
    const [newest, replaced] = await pointsInTime(world.connection);
    expect(newest).toMatchObject({ kind: 'restore', count: { notes: 2 } });
    expect(replaced).toMatchObject({ seq: 5, pin: { name: 'restore', days: 30 } });

    const undo = await undoable(vault, restore.id);
    await vault.append({ ...undo.plan, id: 'u' }).outcome;
    expect(stateDump((await world.open()).state())).toEqual(before);
  });

  test('a point is rebuilt backwards where nothing older is left, and only when it comes to its recorded state', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (let i = 0; i < 3; i++) await save(vault, 'a', { text: `${i}` });
    await fold(world.connection, world);
    // As retention does with what is old: the commits before a point go.
    await world.putRaw('log', [1, 0], undefined);
    const snapshot = (await world.connection.read(['snapshots'], (reader) =>
      reader.get('snapshots', [3, 0]),
    )) as Uint8Array;
    await world.putRaw('snapshots', [3, 0], snapshot.with(snapshot.length - 30, 0x21));
    await expect(stateAt(world.connection, 2, options)).rejects.toMatchObject({ class: 'corrupt' });
    await world.putRaw('snapshots', [3, 0], snapshot);
    const state = await stateAt(world.connection, 2, options);
    expect(stateDump(state)).toMatchObject([{ data: { text: '1' } }]);
    expect(state.head.seq).toBe(2);
    await expect(stateAt(world.connection, 1, options)).rejects.toMatchObject({ class: 'corrupt' });

    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [3, 0]))) as Uint8Array;
    await world.putRaw('log', [3, 0], undefined);
    await expect(stateAt(world.connection, 2, options)).rejects.toMatchObject({ class: 'corrupt' });
    await world.putRaw('log', [3, 0], page.with(page.length - 30, 0x21));
    await expect(stateAt(world.connection, 2, options)).rejects.toMatchObject({ class: 'corrupt' });
    expect(stateDump(await stateAt(world.connection, 3, options).catch(() => vault.state()))).toMatchObject([
      { data: { text: '2' } },
    ]);
  });

  test('capture proves that the present can be rebuilt, or says that it cannot', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    expect(await vault.capture()).toEqual({ seq: 2 });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'c', { text: 'c' });
    expect(await vault.capture()).toEqual({ seq: 3 });
    await world.putRaw('log', [1, 0], undefined);
    await expect(vault.capture()).rejects.toMatchObject({ class: 'corrupt' });
  });
});

describe('versions', () => {
  const rename = (data: Json) => ({ title: (data as { text: string }).text });
  const second: Rules = new Map([
    [
      'notes',
      {
        version: 2,
        isSound: (data: unknown, version: number) => version < 2 || 'title' in (data as object),
        migrate: rename,
      },
    ],
  ]);

  test('[I6] a migration is one commit with a pin, twice equals once, and older points are migrated in memory', async () => {
    const world = await makeWorld();
    const old = firstRun(world);
    await save(old, 'a', { text: 'a' });
    await save(old, 'b', { text: 'b' });
    const next = tabOver(world.connection, world.environment, second);
    const verdict = await next.load();
    if (verdict.kind !== 'outdated') throw new Error(verdict.kind);
    const vault = vaultFrom(next, verdict.state);
    const changes = migrationChanges(vault.state(), second);
    expect(changes).toMatchObject([{ data: { title: 'a' } }, { data: { title: 'b' } }]);
    expect(await vault.append(plan(changes, { kind: 'migrate' })).outcome).toMatchObject({
      kind: 'committed',
      seq: 3,
    });
    expect(migrationChanges((await next.open()).state(), second)).toEqual([]);
    expect((await pointsInTime(world.connection))[1]).toMatchObject({
      seq: 2,
      pin: { name: 'migrate', days: 30 },
    });

    const point = await stateAt(world.connection, 1, { ...options, rules: second });
    const restore = restoreChanges(vault.state(), point, second);
    expect(restore).toMatchObject([
      { id: 'a', data: { title: 'a' }, baseRev: 2 },
      { id: 'b', data: undefined, baseRev: 2 },
    ]);
  });

  test('[I6] a store above version 1 that does not say how older records become so is refused', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const silent: Rules = new Map([['notes', { version: 2, isSound: () => true }]]);
    expect(() => migrationChanges(vault.state(), silent)).toThrow(/older records/);
    expect(migrationChanges(vault.state(), new Map())).toEqual([]);
  });

  test('[I20] [X15] unknown members and stores survive load, save and fold', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', {
      text: 'a',
      later: { nested: [1, { x: null }] },
      ['__proto__' as string]: 'own',
    });
    await vault.append(plan([change(vault, 'settings', 'settings', { theme: 'dark' })])).outcome;
    const partial = tabOver(world.connection, world.environment, new Map([...RULES].slice(0, 1)));
    const other = await partial.open();
    await save(other, 'b', { text: 'b' });
    await fold(world.connection, partial);
    const state = (await partial.open()).state();
    expect(stateDump(state)).toMatchObject([
      { id: 'a', data: { text: 'a', later: { nested: [1, { x: null }] } } },
      { id: 'b' },
      { store: 'settings', data: { theme: 'dark' } },
    ]);
    expect(state.versions).toEqual({ notes: 1, settings: 1 });
    expect((await world.load()).kind).toBe('intact');
    expect((await rawDump(world.connection)).size).toBeGreaterThan(0);
  });
});

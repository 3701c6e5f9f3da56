import { describe, expect, test, vi } from 'vitest';
import type { Connection } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { witnessKey } from '../../src/engines/witness.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { rebased } from '../../src/vault/draft.ts';
import { quarantined } from '../../src/vault/quarantine.ts';
import type { Rules } from '../../src/vault/rules.ts';
import type { Json } from '../../src/vault/types.ts';
import { knownWitness } from '../../src/vault/witness.ts';
import {
  change,
  ENGINES,
  firstRun,
  makeWorld,
  NAME,
  plan,
  RULES,
  rawDump,
  remove,
  save,
  stateDump,
  tabOver,
  vaultFrom,
} from './world.ts';

describe.each(ENGINES)('append on %s', (engine) => {
  test('[I1] what was acknowledged is what the next load returns', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    expect(await save(vault, 'a', { text: 'one' })).toMatchObject({ kind: 'committed', seq: 1 });
    expect(await save(vault, 'a', { text: 'two' })).toMatchObject({ kind: 'committed', seq: 2 });
    expect(await save(vault, 'b', { text: 'three' })).toMatchObject({ kind: 'committed', seq: 3 });
    expect(await remove(vault, 'b')).toMatchObject({ kind: 'committed', seq: 4 });

    const again = await world.open();
    expect(stateDump(again.state())).toEqual(stateDump(vault.state()));
    expect(again.state()).toMatchObject({
      head: vault.state().head,
      state: vault.state().state,
      count: { notes: 1 },
    });
    expect(again.state().weight).toEqual(vault.state().weight);
  });

  test('[I2] [X04] a commit keeps what it replaced, in the same transaction', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'old' });
    await save(vault, 'a', { text: 'new' });
    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [2, 0]))) as Uint8Array;
    const [, line = ''] = new TextDecoder().decode(page).split('\n');
    expect(JSON.parse(line)).toMatchObject({
      after: { data: { text: 'new' }, rev: 2 },
      before: { data: { text: 'old' }, rev: 1 },
    });
  });

  test('[I8] [F55] [X17] a tab that is behind goes on when nobody touched its record, and is told who won when somebody did', async () => {
    const world = await makeWorld(engine);
    const one = firstRun(world);
    await save(one, 'a', { text: 'a' });
    await save(one, 'b', { text: 'b' });
    const other = await tabOver(world.connection, world.environment).open();

    await save(one, 'a', { text: 'one was here' });
    expect(await save(other, 'b', { text: 'other was here' })).toMatchObject({ kind: 'committed', seq: 4 });
    const stale = plan([{ store: 'notes', id: 'b', data: { text: 'late' }, baseRev: 1 }]);
    expect(await one.append(stale).outcome).toMatchObject({
      kind: 'conflicted',
      winners: [{ store: 'notes', id: 'b', now: { data: { text: 'other was here' }, rev: 2 } }],
    });
    expect(stateDump((await world.open()).state())).toMatchObject([
      { id: 'a', data: { text: 'one was here' } },
      { id: 'b', data: { text: 'other was here' } },
    ]);
  });

  test('[I8] a record that was removed and made again is not taken for the old one', async () => {
    const world = await makeWorld(engine);
    const one = firstRun(world);
    await save(one, 'a', { text: 'first' });
    await save(one, 'b', { text: 'b' });
    const other = await tabOver(world.connection, world.environment).open();
    await remove(other, 'a');
    await save(other, 'a', { text: 'second' });
    const late = plan([{ store: 'notes', id: 'a', data: { text: 'of the first' }, baseRev: 1 }]);
    expect(await one.append(late).outcome).toMatchObject({
      kind: 'conflicted',
      winners: [{ now: { rev: 2 } }],
    });
  });

  test('[F13] the same plan twice is one commit, also after a reload', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    const edit = plan([change(vault, 'notes', 'a', { text: 'once' })]);
    const first = await vault.append(edit).outcome;
    expect(await vault.append(edit).outcome).toEqual(first);
    expect(await (await world.open()).append(edit).outcome).toEqual(first);
    expect((await world.open()).state().head.seq).toBe(1);
    expect(await vault.find(edit.id)).toEqual({ kind: 'landed', seq: 1 });
    expect(await vault.find('never')).toEqual({ kind: 'absent' });
  });

  test('[F13] a commit that landed unseen is found by the transaction that tries it again', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const twin = await tabOver(world.connection, world.environment).open();
    const edit = plan([change(vault, 'notes', 'b', { text: 'b' })]);
    await twin.append(edit).outcome;
    expect(await vault.append(edit).outcome).toEqual({ kind: 'committed', id: edit.id, seq: 2 });
    expect(vault.state().head.seq).toBe(2);
  });

  test('[I13] a subscriber is told when the commit is durable, and a thrown-out one is not', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    const heads: number[] = [];
    const stop = vault.subscribe(() => heads.push(vault.state().head.seq));
    const saving = save(vault, 'a', { text: 'a' });
    expect(vault.state().head.seq).toBe(0);
    await saving;
    stop();
    await save(vault, 'b', { text: 'b' });
    expect(heads).toEqual([1]);
  });

  test('[I4] [F47] marks and quarantine land with the commit, and the same bytes are kept once', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    const found = { id: 'q', bytes: btoa('damaged'), where: 'log [1, 0]', why: 'corrupt:checksum', at: '' };
    const more = { marks: { seeded: { version: 3 } }, quarantine: [found] };
    await vault.append(plan([change(vault, 'notes', 'a', { text: 'a' })], more)).outcome;
    expect(await vault.mark('seeded')).toEqual({ version: 3 });
    await vault.append(
      plan([change(vault, 'notes', 'a', { text: 'b' })], { marks: { seeded: null }, quarantine: [found] }),
    ).outcome;
    expect(await vault.mark('seeded')).toBeUndefined();
    await vault.append(plan([], { quarantine: [{ ...found, bytes: btoa('other') }] })).outcome;
    const kept = await world.connection.read(['quarantine'], (reader) => reader.keys('quarantine'));
    expect(kept).toEqual(['q', 'q-1']);
  });

  test('[F69] a commit that leaves less than half of a store, or none, needs a person to agree', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    const ids = ['a', 'b', 'c', 'd'];
    await vault.append(plan(ids.map((id) => change(vault, 'notes', id, { id })))).outcome;
    const three = ids.slice(1).map((id) => change(vault, 'notes', id, undefined));
    expect(await vault.append(plan(three, { kind: 'merge' })).outcome).toEqual({
      kind: 'refused',
      why: 'wouldShrink',
    });
    expect(await vault.append(plan(three.slice(1), { kind: 'merge' })).outcome).toMatchObject({
      kind: 'committed',
    });
    const all = ['a', 'b'].map((id) => change(vault, 'notes', id, undefined));
    expect(await vault.append(plan(all)).outcome).toEqual({ kind: 'refused', why: 'wouldShrink' });
    expect(await vault.append(plan(all, { agreed: true })).outcome).toMatchObject({ kind: 'committed' });
  });

  test('[F12] an emptied database is written back in one transaction, from the only copy left', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const fresh = await makeWorld(engine);
    const back = vaultFrom(fresh, rebased(vault.state(), undefined));
    expect(await back.append(plan([])).outcome).toMatchObject({ kind: 'committed', seq: 3 });
    expect(stateDump((await fresh.open()).state())).toEqual(stateDump(vault.state()));
  });
});

describe('what an append refuses', () => {
  test('[I3] a head that names the newest commit by another seal leads nowhere: behind', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'b', { text: 'b' });
    await world.putRaw('head', 'head', toBytes('{"seal":"00","seq":2}'));
    const before = await rawDump(world.connection);
    expect(await vault.refresh()).toEqual({ kind: 'behind' });
    expect(await save(vault, 'c', { text: 'c' })).toEqual({ kind: 'refused', why: 'behind' });
    expect(await rawDump(world.connection)).toEqual(before);
  });

  test('[I4] a repair was made for the head as it was found: where it has gone since, or is another, nothing is replaced', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const repairing = vaultFrom(world, rebased(vault.state(), toBytes('damaged')));
    for (const head of [undefined, toBytes('otherwise')]) {
      await world.putRaw('head', 'head', head);
      const before = await rawDump(world.connection);
      expect(await save(repairing, 'b', { text: 'b' })).toEqual({ kind: 'refused', why: 'behind' });
      expect(await rawDump(world.connection)).toEqual(before);
    }
  });

  test('[I8] what was planned from an older state of this very page, before anything is asked of storage', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const early = plan([change(vault, 'notes', 'a', { text: 'planned first' })]);
    await save(vault, 'a', { text: 'saved first' });
    const before = await rawDump(world.connection);
    expect(await vault.append(early).outcome).toMatchObject({
      kind: 'conflicted',
      winners: [{ store: 'notes', id: 'a', now: { rev: 1, data: { text: 'saved first' } } }],
    });
    expect(await rawDump(world.connection)).toEqual(before);
  });

  test('[I8] to remove what is not there is no change, unless another tab has made it meanwhile', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'z', { text: 'z' });
    const removal = () => plan([{ store: 'notes', id: 'x', data: undefined, baseRev: 0 }], { agreed: true });
    expect(await vault.append(removal()).outcome).toMatchObject({ kind: 'committed' });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'x', { text: 'made elsewhere' });
    expect(await vault.append(removal()).outcome).toMatchObject({
      kind: 'conflicted',
      winners: [{ id: 'x' }],
    });
  });

  test('a save opens log and head alone, so that no fold keeps it waiting; what needs more opens all', async () => {
    const world = await makeWorld();
    const opened: string[][] = [];
    const watched: Connection = {
      ...world.connection,
      write: (kinds, body) => {
        opened.push([...kinds]);
        return world.connection.write(kinds, body);
      },
    };
    const vault = firstRun({ ...world, connection: watched });
    await save(vault, 'a', { text: 'plain' });
    await save(vault, 'a', { text: 'with a mark' }, { marks: { seeded: true } });
    const found = quarantined(toBytes('odd'), {
      where: 'somewhere',
      why: 'torn',
      at: '2026-03-01T09:00:00.000Z',
    });
    await save(vault, 'a', { text: 'with a copy' }, { quarantine: [found] });
    await world.putRaw('head', 'head', undefined);
    const emptied = vaultFrom({ ...world, connection: watched }, rebased(vault.state(), undefined));
    await save(emptied, 'a', { text: 'with a snapshot' });
    const all = ['log', 'snapshots', 'head', 'marks', 'quarantine'];
    expect(opened).toEqual([['log', 'head'], all, all, all]);
  });

  test('[F51] [I7] tabs compare versions store by store: a step in one of them is enough, and each build knows its own', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'notes of version 1' });
    const sound = (version: number) => ({ version, isSound: () => true, migrate: (data: Json) => data });
    const builds = {
      notes: new Map([...RULES, ['notes', sound(2)]]),
      settings: new Map([...RULES, ['settings', sound(2)]]),
    };
    const tab = tabOver(world.connection, world.environment, builds.settings);
    const verdict = await tab.load();
    if (verdict.kind !== 'intact') throw new Error(verdict.kind);
    await vaultFrom(tab, verdict.state).append(
      plan([{ store: 'settings', id: 's', data: { theme: 2 }, baseRev: 0 }]),
    ).outcome;
    // The other store is as old as before; all the same nobody of the older build writes, in any store.
    expect(await save(vault, 'a', { text: 'old build' })).toEqual({ kind: 'refused', why: 'newer' });
    expect(await world.load()).toMatchObject({ kind: 'newer', found: { settings: 2 } });
    expect(await tab.load()).toMatchObject({
      kind: 'intact',
      state: { versions: { notes: 1, settings: 2 } },
    });
    // A third build is ahead in one store and behind in the other: behind counts.
    expect(await tabOver(world.connection, world.environment, builds.notes).load()).toMatchObject({
      kind: 'newer',
      found: { settings: 2 },
    });
  });

  test('[I7] [F09] [F56] commits of a newer build make this one read-only', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const newerRules: Rules = new Map([
      ...RULES,
      ['notes', { version: 2, isSound: () => true, migrate: (data: Json) => data }],
    ]);
    const newer = tabOver(world.connection, world.environment, newerRules);
    const verdict = await newer.load();
    if (verdict.kind !== 'outdated') throw new Error(verdict.kind);
    await save(vaultFrom(newer, verdict.state), 'a', { text: 'migrated' });
    const before = await rawDump(world.connection);
    expect(await save(vault, 'b', { text: 'old build' })).toEqual({ kind: 'refused', why: 'newer' });
    expect(await vault.refresh()).toEqual({ kind: 'newer' });
    expect(await rawDump(world.connection)).toEqual(before);
    expect(await world.load()).toMatchObject({ kind: 'newer', found: { notes: 2 }, readable: [] });
  });

  test.each([
    ['is gone', undefined],
    ['is older', '{"seal":"00","seq":0}'],
    ['is no head', 'x'],
    ['is another one of the same seq', '{"seal":"00","seq":2}'],
    ['leads over commits that are not there', '{"seal":"00","seq":9}'],
  ])('a head that %s: behind, and nothing is written', async (_, text) => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    await world.putRaw('head', 'head', text === undefined ? undefined : new TextEncoder().encode(text));
    const before = await rawDump(world.connection);
    expect(await save(vault, 'a', { text: 'c' })).toEqual({ kind: 'refused', why: 'behind' });
    expect(await vault.refresh()).toEqual({ kind: 'behind' });
    expect(await rawDump(world.connection)).toEqual(before);
  });

  test('[F70] an unseen commit that is damaged is not followed', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const other = await tabOver(world.connection, world.environment).open();
    await save(other, 'b', { text: 'b' });
    const page = (await world.connection.read(['log'], (reader) => reader.get('log', [2, 0]))) as Uint8Array;
    await world.putRaw('log', [2, 0], page.with(page.length - 30, 0x21));
    expect(await save(vault, 'c', { text: 'c' })).toEqual({ kind: 'refused', why: 'behind' });
  });

  test.each([
    ['a Date', { at: new Date(0) }],
    ['NaN', { n: Number.NaN }],
    ['undefined', { u: undefined }],
    ['a Map', new Map()],
    ['a BigInt', { b: 1n }],
    ['a function', { f: () => 1 }],
    ['a class instance', new (class Note {})()],
    ['a list with holes', { list: Object.assign([1], { length: 3 }) }],
    ['what its schema refuses', 'text'],
  ])('[F30] %s is the programmer’s fault, and nothing is written', async (_, data) => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const saving = save(vault, 'a', data as unknown as Json);
    await expect(saving).rejects.toMatchObject({ class: 'programmer' });
    expect(await rawDump(world.connection)).toEqual(new Map());
  });

  test('[F30] cycles, unknown stores and records named twice are refused', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    const cycle: { [member: string]: unknown } = {};
    cycle.self = cycle;
    const twice = change(vault, 'notes', 'a', { text: 'a' });
    for (const changes of [
      [change(vault, 'notes', 'a', cycle as Json)],
      [change(vault, 'nobody', 'a', {})],
      [twice, twice],
    ]) {
      await expect(vault.append(plan(changes)).outcome).rejects.toMatchObject({ class: 'programmer' });
    }
    expect((await save(vault, 'a', { text: 'still works' })).kind).toBe('committed');
  });
});

describe('a write that fails', () => {
  /** Lets a test decide how the next transaction ends. */
  const failing = (connection: Connection, fail: () => Promise<never> | undefined): Connection => ({
    ...connection,
    write(kinds, body) {
      const done = fail();
      return done ? { done, abort: () => Promise.resolve('aborted') } : connection.write(kinds, body);
    },
  });

  test.each([
    ['4 % are used', async () => ({ usage: 4, quota: 100 }), 'full'],
    ['more is used than there is', async () => ({ usage: 200, quota: 100 }), 'committed'],
    ['it throws', () => Promise.reject(new TypeError('internal error')), 'committed'],
  ] as const)(
    '[F21] [F22] an estimate decides nothing: where %s, only the error of the write counts',
    async (_, estimate, kind) => {
      const world = await makeWorld('indexeddb');
      const environment = { ...world.environment, storageManager: { estimate } as unknown as StorageManager };
      const quota = () => Promise.reject(new StorageError('capacity', 'quota'));
      const connection = failing(world.connection, () => (kind === 'full' ? quota() : undefined));
      expect(await save(firstRun({ ...world, environment, connection }), 'a', { text: 'a' })).toMatchObject({
        kind,
      });
      expect((await rawDump(world.connection)).size).toBe(kind === 'full' ? 0 : 2);
    },
  );

  test('[I14] [F19] what does not fit is `full`, and leaves data and history as they were', async () => {
    const world = await makeWorld();
    await save(firstRun(world), 'a', { text: 'a' });
    let isFull = true;
    const quota = () => Promise.reject(new StorageError('capacity', 'quota'));
    const connection = failing(world.connection, () => (isFull ? quota() : undefined));
    const vault = await tabOver(connection, world.environment).open();
    const before = await rawDump(world.connection);
    expect(await save(vault, 'a', { text: 'b' })).toEqual({ kind: 'full' });
    expect(await rawDump(world.connection)).toEqual(before);
    expect(vault.state().records.get('notes')?.get('a')?.data).toEqual({ text: 'a' });
    isFull = false;
    expect(await save(vault, 'a', { text: 'b' })).toMatchObject({ kind: 'committed', seq: 2 });
  });

  test('[I13] one that never answers is given up, and does not hold up the next', async () => {
    const world = await makeWorld();
    let hangs = true;
    const connection = failing(world.connection, () => (hangs ? new Promise<never>(() => {}) : undefined));
    const vault = firstRun({ ...world, connection });
    const silent = vault.append(plan([change(vault, 'notes', 'a', { text: 'a' })]));
    const queued = vault.append(plan([change(vault, 'notes', 'b', { text: 'b' })]));
    await Promise.resolve();
    hangs = false;
    expect(await queued.abort()).toBe('aborted');
    expect(await silent.abort()).toBe('aborted');
    await expect(queued.outcome).rejects.toMatchObject({ class: 'transient' });
    expect(await save(vault, 'c', { text: 'c' })).toMatchObject({ kind: 'committed', seq: 1 });
  });

  test('a commit after which something is damaged is not looked for in vain', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await world.putRaw('log', [2, 0], new Uint8Array(10));
    await expect(vault.find('lost')).rejects.toMatchObject({ class: 'corrupt' });
  });
});

describe('the witness', () => {
  test('[I12] [F42] remembers each acknowledgement, outside of the database', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    expect(world.environment.origin.localStorage.getItem(witnessKey(NAME))).toBeNull();
    await save(vault, 'a', { text: 'a' });
    const { vault: id, head, count } = vault.state();
    expect(knownWitness(world.environment, NAME)).toEqual({ vault: id, ...head, count });
  });

  test('a database that is behind it is stale, another vault is foreign, and both are told', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const key = witnessKey(NAME);
    const witness = JSON.parse(world.environment.origin.localStorage.getItem(key) ?? '');
    const remember = (more: object) =>
      world.environment.origin.localStorage.setItem(key, JSON.stringify({ ...witness, ...more }));
    remember({ seq: 7 });
    expect(await world.load()).toMatchObject({
      kind: 'damaged',
      damage: [{ class: 'stale', where: 'head', repaired: false }],
      state: { count: { notes: 1 } },
    });
    remember({ seal: '0'.repeat(64) });
    expect(await world.load()).toMatchObject({ kind: 'damaged', damage: [{ class: 'stale' }] });
    remember({ vault: 'another' });
    expect(await world.load()).toMatchObject({
      kind: 'damaged',
      damage: [{ class: 'foreign', where: 'head', repaired: false }],
      state: null,
    });
    remember({ seq: 'x' });
    expect((await world.load()).kind).toBe('intact');
  });

  test('a late tab never moves it back; commits that are proven to be gone do not hold it', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    const known = () => knownWitness(world.environment, NAME)?.seq;
    // Another tab was faster between our transaction and the moment we learn of its end.
    let answer = () => {};
    const slow: Connection = {
      ...world.connection,
      write: (kinds, body) => {
        const write = world.connection.write(kinds, body);
        return { ...write, done: new Promise((resolve) => (answer = () => resolve(write.done))) };
      },
    };
    const late = vaultFrom({ ...world, connection: slow }, vault.state());
    const saving = save(late, 'b', { text: 'b' });
    await vi.waitFor(async () => expect((await world.load()).kind).toBe('intact'));
    await vi.waitFor(async () => {
      await vault.refresh();
      expect(vault.state().head.seq).toBe(2);
    });
    await save(vault, 'c', { text: 'c' });
    expect(known()).toBe(3);
    answer();
    expect(await saving).toMatchObject({ kind: 'committed', seq: 2 });
    expect(known()).toBe(3);

    // A profile that was put back to an older day: what the witness knows of never comes again.
    const key = witnessKey(NAME);
    const witness = JSON.parse(world.environment.origin.localStorage.getItem(key) ?? '');
    const ahead = { ...witness, seq: 70, seal: '7'.repeat(64) };
    world.environment.origin.localStorage.setItem(key, JSON.stringify(ahead));
    const stale = await world.load();
    if (stale.kind !== 'damaged' || !stale.state) throw new Error(stale.kind);
    const told = vaultFrom(world, stale.state);
    expect(known()).toBe(70);
    await save(told, 'd', { text: 'd' });
    expect(known()).toBe(4);
    expect((await world.load()).kind).toBe('intact');
  });

  test('where it is behind, missing or damaged it is put right once a load verified, and not before', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const { localStorage } = world.environment.origin;
    const sound = localStorage.getItem(witnessKey(NAME)) ?? '';
    const spoilt = [null, '{', JSON.stringify({ ...JSON.parse(sound), seq: 1, seal: '1'.repeat(64) })];
    for (const text of spoilt) {
      if (text === null) localStorage.removeItem(witnessKey(NAME));
      else localStorage.setItem(witnessKey(NAME), text);
      const verdict = await world.load();
      if (verdict.kind !== 'intact') throw new Error(verdict.kind);
      expect(localStorage.getItem(witnessKey(NAME))).toBe(text);
      vaultFrom(world, verdict.state);
      expect(JSON.parse(localStorage.getItem(witnessKey(NAME)) ?? '')).toEqual(JSON.parse(sound));
    }
    // What cannot be followed is no verified state, and a foreign vault is a question to a person.
    localStorage.removeItem(witnessKey(NAME));
    vaultFrom(world, rebased(vault.state(), undefined));
    expect(localStorage.getItem(witnessKey(NAME))).toBeNull();
    const others = [{ vault: 'another' }, { vault: 'another', seq: 1 }, { seal: '2'.repeat(64) }];
    for (const other of others.map((more) => JSON.stringify({ ...JSON.parse(sound), ...more }))) {
      localStorage.setItem(witnessKey(NAME), other);
      vaultFrom(world, vault.state());
      expect(localStorage.getItem(witnessKey(NAME))).toBe(other);
    }
  });

  test('[F29] no localStorage at all costs nothing but the witness', async () => {
    const world = await makeWorld('memory', { without: ['localStorage'] });
    const broken = {
      ...world.environment,
      localStorage: () => {
        throw new DOMException('no', 'SecurityError');
      },
    };
    const vault = firstRun({ ...world, environment: broken });
    expect((await save(vault, 'a', { text: 'a' })).kind).toBe('committed');
    expect(knownWitness(broken, NAME)).toBeNull();
  });
});

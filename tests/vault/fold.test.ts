import { describe, expect, test } from 'vitest';
import type { Connection, Key } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { toBase64, toBytes } from '../../src/vault/bytes.ts';
import type { Vault } from '../../src/vault/contract.ts';
import { fold } from '../../src/vault/fold.ts';
import { isFoldDue, MIN_TAIL_BYTES } from '../../src/vault/foldDue.ts';
import { GONE_KEPT } from '../../src/vault/gone.ts';
import { pointsInTime, stateAt } from '../../src/vault/points.ts';
import { decodeQuarantined } from '../../src/vault/quarantine.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { toSheets } from '../../src/vault/sheet.ts';
import type { Json } from '../../src/vault/types.ts';
import { seededRandom } from '../support/environment.ts';
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
  type World,
} from './world.ts';
import { edit, forged, grown, spoil, textAt } from './wreck.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const options = { rules: RULES, digest: digestWith(undefined) };

const keysOf = async (world: World, kind: 'log' | 'snapshots' | 'quarantine') =>
  (await world.connection.read([kind], (reader) => reader.keys(kind))) as Key[];

const bytesOf = async (world: World, kind: string) => {
  let bytes = 0;
  for (const [key, value] of await rawDump(world.connection)) {
    if (key.startsWith(`["${kind}"`)) bytes += (value as Uint8Array).length;
  }
  return bytes;
};

/** A hundred edits over some hours, folded now and then. */
async function aged(): Promise<{ world: World; vault: Vault }> {
  const world = await makeWorld();
  const vault = firstRun(world);
  for (let i = 1; i <= 100; i++) {
    world.environment.clock.increment(5 * MINUTE_MS);
    await save(vault, `r${i % 7}`, { text: `${i}` }, { kind: i === 20 ? 'import' : 'save' });
    if (i % 30 === 0) await fold(world.connection, world);
  }
  return { world, vault };
}

describe.each(ENGINES)('a fold on %s', (engine) => {
  test('[I1] [F68] changes nothing that is read, and two tabs write the same bytes', async () => {
    const world = await makeWorld(engine);
    const vault = firstRun(world);
    await save(vault, 'a', { text: 'a' });
    await save(vault, 'b', { text: 'b' });
    const other = tabOver(world.connection, world.environment);
    expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
    const dump = await rawDump(world.connection);
    expect(await fold(other.connection, other)).toMatchObject({ kind: 'folded' });
    expect(await rawDump(world.connection)).toEqual(dump);
    const again = await world.open();
    expect(again.state()).toMatchObject({ head: vault.state().head, state: vault.state().state });
    // A tab that had loaded before the fold goes on as if nothing had been.
    expect(await save(vault, 'a', { text: 'after' })).toMatchObject({ kind: 'committed', seq: 3 });
  });
});

describe('a fold', () => {
  test('is due when the tail outweighs what it would spare', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    expect(await fold(world.connection, world)).toEqual({
      kind: 'folded',
      weight: { snapshotBytes: 0, tailBytes: 0 },
    });
    await save(vault, 'a', { text: 'x'.repeat(MIN_TAIL_BYTES - 1_000) });
    expect(isFoldDue(vault.state())).toBe(false);
    await save(vault, 'b', { text: 'x'.repeat(1_000) });
    expect(isFoldDue(vault.state())).toBe(true);
    const outcome = await fold(world.connection, world);
    if (outcome.kind !== 'folded') throw new Error(outcome.kind);
    vault.weigh(outcome.weight);
    expect(isFoldDue(vault.state())).toBe(false);
    expect(isFoldDue((await world.open()).state())).toBe(false);
  });

  test('is due when the tail is heavier than half of the snapshot, and not before', async () => {
    const state = (await makeWorld().then(firstRun)).state();
    const due = (snapshotBytes: number, tailBytes: number) =>
      isFoldDue({ ...state, weight: { snapshotBytes, tailBytes } });
    expect(due(0, MIN_TAIL_BYTES)).toBe(false);
    expect(due(0, MIN_TAIL_BYTES + 1)).toBe(true);
    expect(due(8 * MIN_TAIL_BYTES, 4 * MIN_TAIL_BYTES)).toBe(false);
    expect(due(8 * MIN_TAIL_BYTES, 4 * MIN_TAIL_BYTES + 1)).toBe(true);
  });

  test('[I11] [F25] squashes what lies before the older snapshot, and every point that is left can be rebuilt', async () => {
    const { world, vault } = await aged();
    const points = await pointsInTime(world.connection);
    expect(points.length).toBeLessThan(100);
    expect(points.filter(({ seq }) => seq > 50).length).toBe(50);
    expect(points.find(({ seq }) => seq === 19)).toMatchObject({ pin: { name: 'import', days: 30 } });
    for (const { seq } of points) await stateAt(world.connection, seq, options);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([60, 90]);
    const gone = await vault.planUndo((await vault.commits(100)).at(-1)?.id ?? '');
    expect(gone).toEqual({ kind: 'absorbed' });
    expect(await vault.find((await vault.commits(100)).at(-1)?.id ?? '')).toMatchObject({ kind: 'landed' });
    // With the newest gone, the older one and the log from there give the same.
    await world.putRaw('snapshots', [90, 0], undefined);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('that dies half-way leaves no snapshot, and the next one clears what it left', async () => {
    const { world, vault } = await aged();
    const whole = await world.connection.read(['snapshots'], (reader) => reader.get('snapshots', [90, 0]));
    const body = (whole as Uint8Array).slice((whole as Uint8Array).indexOf(0x0a) + 1);
    await world.putRaw('snapshots', [95, 1], body);
    expect((await world.load()).kind).toBe('intact');
    await save(vault, 'r1', { text: 'more' });
    await fold(world.connection, world);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([90, 101]);
    expect(await keysOf(world, 'quarantine')).toEqual([]);
  });

  test('[I11] [I4] while a pin cannot be read nothing of the log goes: nobody knows which point it keeps', async () => {
    const { world, vault } = await aged();
    await vault.setMark('pin:mine', { seq: 3 });
    const pin = await world.connection.read(['marks'], (reader) => reader.get('marks', 'pin:mine'));
    const bytes = pin as Uint8Array;
    await world.putRaw('marks', 'pin:mine', bytes.with(bytes.length - 2, 0x21));
    const before = await keysOf(world, 'log');
    for (const isPressed of [false, true]) {
      expect(await fold(world.connection, { ...world, isPressed })).toMatchObject({ kind: 'folded' });
      expect(await keysOf(world, 'log')).toEqual(before);
    }
    await vault.setMark('pin:mine', null);
    expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
    expect((await keysOf(world, 'log')).length).toBeLessThan(before.length);
  });

  test('stops where the connection is lost, and what was written until then is harmless', async () => {
    const { world, vault } = await aged();
    const failing: Connection = {
      ...world.connection,
      write: (kinds, body) => {
        if (kinds.includes('log')) throw new StorageError('connection', 'the connection is lost');
        return world.connection.write(kinds, body);
      },
    };
    const before = await keysOf(world, 'log');
    await expect(fold(failing, world)).rejects.toMatchObject({ class: 'connection' });
    expect(await keysOf(world, 'log')).toEqual(before);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[F68] that does not read back the same removes nothing', async () => {
    const { world, vault } = await aged();
    const before = await keysOf(world, 'log');
    const lying: Connection = {
      ...world.connection,
      write: (kinds, body) =>
        world.connection.write(kinds, (writer) =>
          body({
            ...writer,
            put: (kind, key, value) =>
              writer.put(kind, key, kind === 'snapshots' ? value.with(value.length - 9, 0x21) : value),
          }),
        ),
    };
    expect(await fold(lying, world)).toEqual({ kind: 'unverified' });
    expect(await keysOf(world, 'log')).toEqual(before);
    const verdict = await world.load();
    expect(verdict).toMatchObject({
      kind: 'damaged',
      damage: [{ repaired: true }, { repaired: true }].slice(0, 1),
    });
    // The next one puts it right, and keeps the bytes it replaces.
    expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
    expect(await keysOf(world, 'quarantine')).toHaveLength(1);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[F64] what fails verification goes to quarantine and not on among the copies', async () => {
    const { world, vault } = await aged();
    const flip = async (kind: 'log' | 'snapshots', key: Key) => {
      const bytes = (await world.connection.read([kind], (reader) => reader.get(kind, key))) as Uint8Array;
      await world.putRaw(kind, key, bytes.with(bytes.length - 40, 0x21));
    };
    await flip('snapshots', [60, 0]);
    await flip('log', [55, 0]);
    for (const i of [1, 2, 3]) await save(vault, 'r1', { text: `${i}` });
    await fold(world.connection, world);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([90, 103]);
    expect(await keysOf(world, 'quarantine')).toHaveLength(2);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[F64] [F68] a generation that does not verify is not counted: the one before it stays', async () => {
    const { world, vault } = await aged();
    const page = (await world.connection.read(['snapshots'], (reader) =>
      reader.get('snapshots', [90, 0]),
    )) as Uint8Array;
    await world.putRaw('snapshots', [90, 0], page.with(page.length - 40, 0x21));
    await save(vault, 'r1', { text: 'more' });
    await fold(world.connection, world);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([60, 101]);
    expect(await keysOf(world, 'quarantine')).toHaveLength(1);
    await world.putRaw('snapshots', [101, 0], undefined);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[I11] with one sound snapshot nothing goes: that is the floor', async () => {
    const { world, vault } = await aged();
    const before = await keysOf(world, 'log');
    for (const [seq] of await keysOf(world, 'snapshots'))
      await world.putRaw('snapshots', [Number(seq), 0], new Uint8Array(9));
    // The log still leads from the first commit to the last: a third road.
    expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
    expect(await keysOf(world, 'log')).toEqual(before);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([60, 90, 100]);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[F31] an old snapshot of which a page cannot be looked at goes but for that page, which stays where it is', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const id of ['a', 'b', 'c']) await save(vault, id, { text: 'x'.repeat(300_000) });
    for (let i = 0; i < 3; i++) {
      await fold(world.connection, world);
      if (i === 0) await world.putRaw('snapshots', [3, 1], 'no bytes');
      await save(vault, 'a', { text: `${i}` });
    }
    const keys = await keysOf(world, 'snapshots');
    expect(keys.filter(([seq]) => seq === 3)).toEqual([[3, 1]]);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[I11] a named pin keeps its point, and whatever else is called a pin keeps nothing', async () => {
    const { world, vault } = await aged();
    const squashed = new Set((await pointsInTime(world.connection)).map(({ seq }) => seq));
    const mine = 45;
    expect(squashed.has(mine)).toBe(true);
    await vault.setMark('pin:mine', { seq: mine });
    await vault.setMark('pin:odd', { seq: 'no number' });
    await vault.setMark('not a pin', { seq: 46 });
    for (let i = 0; i < 60; i++) {
      world.environment.clock.increment(5 * MINUTE_MS);
      await save(vault, 'r1', { text: `later ${i}` });
      if (i % 20 === 19) await fold(world.connection, world);
    }
    const seqs = (await pointsInTime(world.connection)).map(({ seq }) => seq);
    expect(seqs).toContain(mine);
    expect(seqs).not.toContain(46);
    await stateAt(world.connection, mine, options);
  });

  test('[F26] under pressure what would have to be copied first stays where it is', async () => {
    const { world } = await aged();
    const bytes = (await world.connection.read(['log'], (reader) =>
      reader.get('log', [55, 0]),
    )) as Uint8Array;
    await world.putRaw('log', [55, 0], bytes.with(bytes.length - 40, 0x21));
    await fold(world.connection, { ...world, isPressed: true });
    expect(await keysOf(world, 'log')).toContainEqual([55, 0]);
    expect(await keysOf(world, 'quarantine')).toEqual([]);
  });

  test('[I4] of a fold that died, a page that is not sound goes to quarantine; a sound one just goes', async () => {
    const { world, vault } = await aged();
    const whole = (await world.connection.read(['snapshots'], (reader) =>
      reader.get('snapshots', [90, 0]),
    )) as Uint8Array;
    const body = whole.slice(whole.indexOf(0x0a) + 1);
    const odd = body.with(body.length - 40, 0x21);
    await world.putRaw('snapshots', [94, 1], body);
    await world.putRaw('snapshots', [95, 1], odd);
    await world.putRaw('snapshots', [95, 2], toBytes('no JSON'));
    await save(vault, 'r1', { text: 'more' });
    await fold(world.connection, world);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([90, 101]);
    const kept = await world.connection.read(['quarantine'], (reader) => reader.entries('quarantine'));
    const copies = kept.map((entry) => ('value' in entry ? decodeQuarantined(entry.value)?.bytes : null));
    expect(copies.sort()).toEqual([toBase64(odd), toBase64(toBytes('no JSON'))].sort());
  });

  test('[I11] a hole in the log is not papered over: what lies on both sides of it stays as it is', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (let i = 1; i <= 140; i++) {
      world.environment.clock.increment(10_000);
      await save(vault, 'r', { text: `${i}` });
      if (i === 60 || i === 120) await fold(world.connection, world);
      if (i === 61) await world.putRaw('log', [40, 0], undefined);
    }
    world.environment.clock.increment(3 * 60 * MINUTE_MS);
    await save(vault, 'r', { text: 'last' });
    await fold(world.connection, world);
    const log = await world.connection.read(['log'], (reader) => reader.entries('log'));
    const headers = toSheets('log', log).map(({ sealed }) => sealed);
    const squashed = headers.filter((header) => header?.absorbed);
    for (const header of squashed) expect(Number(header?.from) <= 40 && Number(header?.to) >= 40).toBe(false);
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[I4] is held while a record is set aside that a person has not seen, and where the head is wrong', async () => {
    const { world, vault } = await grown();
    await edit(world, 'log', [9, 0], spoil('r9'));
    const before = await rawDump(world.connection);
    expect(await fold(world.connection, world)).toEqual({ kind: 'held' });
    expect(await rawDump(world.connection)).toEqual(before);
    await save(vault, 'r9', { text: 'written again' });
    await world.putRaw('head', 'head', undefined);
    expect(await fold(world.connection, world)).toEqual({ kind: 'held' });
    expect(await keysOf(world, 'snapshots')).toEqual([
      [1, 0],
      [6, 0],
    ]);
  });

  test('[I3] looks at each record itself: what a writer got wrong is not copied on where another road has it right', async () => {
    const { world, vault } = await grown();
    const wrong = (lines: string) =>
      lines.replace('"text":"first"},"id":"r20"', '"text":"wrong"},"id":"r20"');
    await edit(world, 'snapshots', [6, 0], forged({}, wrong));
    expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
    expect(await textAt(world, 'snapshots', [9, 0])).not.toContain('wrong');
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('[F68] writes the first page last, without which there is no snapshot', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const id of ['a', 'b', 'c']) await save(vault, id, { text: 'x'.repeat(300_000) });
    const put: unknown[] = [];
    const watched: Connection = {
      ...world.connection,
      write: (kinds, body) =>
        world.connection.write(kinds, (writer) =>
          body({
            ...writer,
            put: (kind, key, value) => {
              if (kind === 'snapshots') put.push(key);
              writer.put(kind, key, value);
            },
          }),
        ),
    };
    await fold(watched, world);
    expect(put).toEqual([
      [3, 2],
      [3, 1],
      [3, 0],
    ]);
    // A second one finds these bytes in their place, and writes nothing.
    await fold(watched, world);
    expect(put).toHaveLength(3);
  });

  test('is held while a person has something to decide', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const id of ['a', 'b', 'c']) await save(vault, id, { text: id });
    await world.putRaw('log', [2, 0], undefined);
    const before = await rawDump(world.connection);
    expect(await fold(world.connection, world)).toEqual({ kind: 'held' });
    expect(await rawDump(world.connection)).toEqual(before);
  });

  test('[I14] [F25] [F26] under pressure only deletes: old points go, two snapshots, pins and recent commits stay', async () => {
    const { world, vault } = await aged();
    await vault.setMark('pin:mine', { seq: (await pointsInTime(world.connection)).at(-2)?.seq ?? 0 });
    await vault.setMark('pin:odd', 'no seq');
    const puts: unknown[] = [];
    const watched: Connection = {
      ...world.connection,
      write: (kinds, body) =>
        world.connection.write(kinds, (writer) =>
          body({
            ...writer,
            add: (...all) => puts.push(all),
            put: (kind, key, value) => {
              if (kind !== 'snapshots') puts.push([kind, key]);
              writer.put(kind, key, value);
            },
          }),
        ),
    };
    const before = await bytesOf(world, 'log');
    await fold(watched, { ...world, isPressed: true });
    expect(puts).toEqual([]);
    expect(await bytesOf(world, 'log')).toBeLessThan(before);
    const points = await pointsInTime(world.connection);
    for (const { seq } of points) await stateAt(world.connection, seq, options);
    expect(points.length).toBeGreaterThanOrEqual(50);
    expect((await keysOf(world, 'snapshots')).map(([seq]) => seq)).toEqual([90, 100]);
  });

  test('[I8] a removed record leaves its last revision behind, through folds and loads: none is given twice', async () => {
    const world = await makeWorld();
    let vault = firstRun(world);
    for (const text of ['1', '2', '3']) await save(vault, 'a', { text });
    await save(vault, 'b', { text: 'b' });
    await remove(vault, 'a');
    for (let generation = 0; generation < 3; generation++) {
      expect(await fold(world.connection, world)).toMatchObject({ kind: 'folded' });
      vault = await world.open();
      await save(vault, 'b', { text: `${generation}` });
    }
    await save(vault, 'a', { text: 'again' });
    expect(vault.state().records.get('notes')?.get('a')?.rev).toBe(4);
    // With the newest snapshot gone, the older one remembers it as well.
    await remove(vault, 'a');
    for (const text of ['x', 'y']) {
      await save(vault, 'b', { text });
      await fold(world.connection, world);
    }
    const newest = (await keysOf(world, 'snapshots')).at(-1);
    await world.putRaw('snapshots', newest ?? '', undefined);
    vault = await world.open();
    await save(vault, 'a', { text: 'once more' });
    expect(vault.state().records.get('notes')?.get('a')?.rev).toBe(5);
  });

  test('[I8] what was made and removed within one squashed commit leaves its revision behind, too', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    await save(vault, 'b', { text: 'first' });
    for (const text of ['1', '2', '3']) await save(vault, 'a', { text });
    await remove(vault, 'b', { kind: 'save' });
    await remove(vault, 'a', { kind: 'save' });
    for (let i = 0; i < 200; i++) {
      world.environment.clock.increment(3 * 60 * MINUTE_MS);
      await save(vault, 'c', { text: `${i}` });
      if (i % 50 === 49) await fold(world.connection, world);
    }
    expect((await pointsInTime(world.connection)).at(-1)?.seq).toBeGreaterThan(6);
    for (const key of await keysOf(world, 'snapshots')) await world.putRaw('snapshots', key, undefined);
    const again = await world.open();
    await save(again, 'a', { text: 'again' });
    await save(again, 'b', { text: 'again' });
    const { records } = again.state();
    expect(['a', 'b'].map((id) => records.get('notes')?.get(id)?.rev)).toEqual([4, 2]);
  });

  test('[I8] of very many removed records the highest revisions are kept by name, and of the others the highest', async () => {
    const world = await makeWorld();
    let vault = firstRun(world);
    const ids = Array.from({ length: GONE_KEPT + 200 }, (_, i) => `r${i}`);
    const all = (data: Json | undefined) =>
      vault.append(
        plan(
          ids.map((id) => change(vault, 'notes', id, data)),
          { agreed: true },
        ),
      ).outcome;
    for (const text of ['1', '2']) await all({ text });
    for (const text of ['3', '4']) await save(vault, 'r7', { text });
    await all(undefined);
    await fold(world.connection, world);
    vault = await world.open();
    expect(vault.state().gone.size).toBe(GONE_KEPT + 1);
    await all({ text: 'again' });
    const { records } = vault.state();
    const revs = ids.map((id) => records.get('notes')?.get(id)?.rev);
    expect(revs).toEqual(ids.map((id) => (id === 'r7' ? 5 : 3)));
    await save(vault, 'new', { text: 'never there' });
    expect(vault.state().records.get('notes')?.get('new')?.rev).toBe(3);
    // Two tabs that fold the same write the same.
    await fold(world.connection, world);
    const dump = await rawDump(world.connection);
    await fold(world.connection, world);
    expect(await rawDump(world.connection)).toEqual(dump);
  });

  const saves = Number(process.env.SAVES ?? 10_000);
  test(`[F65] [X05] after ${saves} saves the log is bounded, and the points that are left span more than minutes`, async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    let folds = 0;
    for (let i = 1; i <= saves; i++) {
      world.environment.clock.increment(20_000);
      await save(vault, `r${i % 20}`, { text: `${i} ${'x'.repeat(500)}` });
      if (!isFoldDue(vault.state())) continue;
      const outcome = await fold(world.connection, world);
      if (outcome.kind !== 'folded') throw new Error(outcome.kind);
      vault.weigh(outcome.weight);
      folds += 1;
    }
    expect(folds).toBeGreaterThanOrEqual(Math.floor(saves / 2_500));
    // The tail, the log between the two snapshots, and what is kept before them.
    expect(await bytesOf(world, 'log')).toBeLessThan(3 * MIN_TAIL_BYTES);
    expect(await bytesOf(world, 'snapshots')).toBeLessThan(60_000);
    const points = await pointsInTime(world.connection);
    const spanMs = Date.parse(points[0]?.at ?? '') - Date.parse(points.at(-1)?.at ?? '');
    expect(spanMs).toBeGreaterThan(Math.min(DAY_MS, (saves * 20_000) / 2));
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  }, 120_000);

  const sequences = Number(process.env.SEQUENCES ?? 60);
  test(`[I11] [I15] ${sequences} sequences of saves, damage, folds and clock jumps: a verified way back is never removed`, async () => {
    for (let seed = 1; seed <= sequences; seed++) {
      const world = await makeWorld('memory', { seed });
      const vault = firstRun(world);
      const random = seededRandom(seed);
      let damage = 0;
      await save(vault, 'r0', { text: 'first' });
      for (let step = 0; step < 50; step++) {
        const dice = random();
        if (dice < 0.6) await save(vault, `r${Math.floor(random() * 6)}`, { text: `${step}` });
        else if (dice < 0.65 && vault.state().records.get('notes')?.has('r1')) await remove(vault, 'r1');
        else if (dice < 0.75) world.environment.setWallClock(random() * 4e12);
        else if (dice < 0.95) await fold(world.connection, world);
        else if (damage === 0) {
          // One stored value of the past at a time; the newest generation and its log stay whole.
          const [oldest] = await keysOf(world, 'snapshots');
          const newest = (await keysOf(world, 'snapshots')).at(-1);
          if (oldest && newest && oldest[0] !== newest[0]) {
            damage += 1;
            await world.putRaw('snapshots', oldest, new Uint8Array(20));
          }
        }
      }
      const verdict = await world.load();
      const state = 'state' in verdict ? verdict.state : null;
      expect(state && stateDump(state), `seed ${seed}`).toEqual(stateDump(vault.state()));
      for (const { seq } of (await pointsInTime(world.connection)).slice(0, 3)) {
        await stateAt(world.connection, seq, options);
      }
    }
  }, 120_000);
});

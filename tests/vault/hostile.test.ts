import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connection, Key, Kind } from '../../src/engines/contract.ts';
import { isOfClass, StorageError } from '../../src/engines/errors.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import { fold } from '../../src/vault/fold.ts';
import { isEmpty, readStored } from '../../src/vault/read.ts';
import { sha256 } from '../../src/vault/sha256.ts';
import {
  change,
  firstRun,
  makeWorld,
  plan,
  rawDump,
  save,
  stateDump,
  tabOver,
  vaultFrom,
  type World,
} from './world.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const RUNS = Number(process.env.SEEDS ?? 300);

const getRaw = async (world: World, kind: Kind, key: Key) =>
  (await world.connection.read([kind], (reader) => reader.get(kind, key))) as Bytes;

/** Seals a header again after a change, as only its writer could. */
const resealed = (page: Bytes, members: object): Bytes => {
  const end = page.indexOf(0x0a);
  const { seal: _, ...header } = {
    ...JSON.parse(new TextDecoder().decode(page.subarray(0, end))),
    ...members,
  };
  const line = toBytes(`${canonical({ ...header, seal: sha256(canonical(header)) })}\n`);
  return new Uint8Array([...line, ...page.subarray(end + 1)]);
};

async function threeCommits() {
  const world = await makeWorld();
  const vault = firstRun(world);
  await save(vault, 'a', { text: 'a' });
  await save(vault, 'b', { text: 'b' });
  await fold(world.connection, world);
  await save(vault, 'a', { text: 'later' });
  return { world, vault };
}

describe('whatever is stored', () => {
  const json = fc.oneof(
    fc.jsonValue(),
    fc.constant({ seq: 1, seal: 'x' }),
    fc.constant({ after: null, before: null }),
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .array(json, { maxLength: 4 })
      .map((lines) => toBytes(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))),
  );
  const value = fc.oneof(bytes, fc.constantFrom(null, 0, '', false, 'text', [], {}, new Date(0), new Map()));
  const place = fc.oneof(
    fc.tuple(
      fc.constantFrom<Kind>('log', 'snapshots'),
      fc.tuple(fc.constantFrom(0, 1, 2, 3, 7, 2 ** 53 - 1), fc.constantFrom(0, 1, 5, 2 ** 53 - 1)),
    ),
    fc.tuple(fc.constantFrom<Kind>('head'), fc.constant('head')),
    fc.tuple(fc.constantFrom<Kind>('marks', 'quarantine'), fc.constantFrom('pin:x', 'retention', 'seeded')),
  );

  test(`[I3] [I13] a load comes to a verdict and throws for nothing that it finds (${RUNS} stores)`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.tuple(place, value), { maxLength: 5 }),
        async (isGrown, damage) => {
          const { world } = isGrown ? await threeCommits() : { world: await makeWorld() };
          for (const [[kind, key], found] of damage) await world.putRaw(kind, key as Key, found);
          const verdict = await world.load();
          expect(['intact', 'damaged', 'outdated', 'newer']).toContain(verdict.kind);
          const before = await rawDump(world.connection);
          // What cannot be copied is not replaced, so a fold stops in front of it.
          const outcome = await fold(world.connection, world).catch((error: unknown) => {
            if (isOfClass(error, 'corrupt')) return { kind: 'stopped' as const };
            throw error;
          });
          if (outcome.kind === 'held') expect(await rawDump(world.connection)).toEqual(before);
          // No key rots so far that nothing can come after it.
          if (verdict.kind !== 'damaged' || verdict.base.head.seq > 100) return;
          // From any verdict there is a way on: one commit, after which a load stands on sound ground.
          const vault = vaultFrom(world, verdict.state ?? verdict.base);
          const written = await vault
            .append(plan([], { kind: 'restore', agreed: true }))
            .outcome.catch((error: unknown) => error);
          if (written instanceof StorageError || outcome.kind !== 'held') return;
          expect(written).toMatchObject({ kind: 'committed' });
          const after = await world.load();
          // What is left to tell is what was made good, set aside, or is no record.
          const open = 'damage' in after ? after.damage.filter(({ repaired }) => !repaired) : [];
          expect(open.filter(({ where }) => !/^(set aside|marks)/.test(where))).toEqual([]);
          if ('state' in after && after.state)
            expect(stateDump(after.state)).toEqual(stateDump(vault.state()));
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);

  test('[I7] [F09] [X08] a header of a newer format, or with a newer store version, wins over every other verdict', async () => {
    const { world } = await threeCommits();
    for (const [kind, key] of [
      ['log', [3, 0]],
      ['snapshots', [2, 0]],
    ] as const) {
      const page = await getRaw(world, kind, key);
      await world.putRaw(kind, key, resealed(page, { format: 2 }));
      expect(await world.load()).toMatchObject({ kind: 'newer', found: { format: 2 } });
      await world.putRaw(kind, key, resealed(page, { versions: { notes: 9, settings: 1, other: 99 } }));
      await world.putRaw('head', 'head', undefined);
      expect(await world.load()).toMatchObject({ kind: 'newer', found: { notes: 9 } });
      await world.putRaw(kind, key, page);
    }
  });

  test('a header of the other kind, of another place or without its members is no header', async () => {
    const { world, vault } = await threeCommits();
    const commit = await getRaw(world, 'log', [3, 0]);
    const snapshot = await getRaw(world, 'snapshots', [2, 0]);
    for (const [kind, key, page, lie] of [
      ['log', [3, 0], commit, resealed(commit, { kind: 'snapshot' })],
      ['log', [3, 0], commit, resealed(commit, { id: 7 })],
      ['log', [3, 0], commit, resealed(commit, { prev: 7 })],
      ['log', [3, 0], commit, resealed(commit, { state: 'no sum' })],
      ['log', [3, 0], commit, resealed(commit, { seq: 4 })],
      ['log', [3, 0], commit, resealed(commit, { prev: '00' })],
      ['log', [3, 0], commit, resealed(commit, { count: { notes: 3 } })],
      ['snapshots', [2, 0], snapshot, resealed(snapshot, { kind: 'save' })],
      ['snapshots', [2, 0], snapshot, resealed(snapshot, { anchor: 7 })],
      ['snapshots', [2, 0], snapshot, resealed(snapshot, { versions: [] })],
      ['snapshots', [2, 0], snapshot, resealed(snapshot, { state: '0'.repeat(64) })],
    ] as const) {
      await world.putRaw(kind, key, lie);
      expect((await world.load()).kind, new TextDecoder().decode(lie)).toBe('damaged');
      await world.putRaw(kind, key, page);
    }
    expect(stateDump((await world.open()).state())).toEqual(stateDump(vault.state()));
  });

  test('an older valid commit put back, a missing one, and one of another vault are found by links and sums', async () => {
    const { world } = await threeCommits();
    const other = await threeCommits();
    const commit = await getRaw(world, 'log', [3, 0]);
    await world.putRaw('log', [3, 0], await getRaw(other.world, 'log', [3, 0]));
    expect((await world.load()).kind).toBe('damaged');
    await world.putRaw('log', [3, 0], await getRaw(world, 'log', [2, 0]));
    expect((await world.load()).kind).toBe('damaged');
    await world.putRaw('log', [3, 0], commit);
    expect((await world.load()).kind).toBe('intact');
  });

  test('[F31] a value that cannot be read is named as that, and hides nothing else', async () => {
    const { world, vault } = await threeCommits();
    const unreadable = new StorageError('corrupt', 'unreadable');
    const blindTo = (kind: Kind, place: string): Connection => ({
      ...world.connection,
      read: (kinds, body) =>
        world.connection.read(kinds, (reader) =>
          body({
            ...reader,
            get: (one, key) =>
              one === kind && `${key}` === place ? Promise.reject(unreadable) : reader.get(one, key),
            entries: async (one, range) =>
              (await reader.entries(one, range)).map((entry) =>
                one === kind && `${entry.key}` === place ? { key: entry.key, error: unreadable } : entry,
              ),
          }),
        ),
    });
    const load = (kind: Kind, place: string) => tabOver(blindTo(kind, place), world.environment).load();
    expect(await load('snapshots', '2,0')).toMatchObject({
      kind: 'damaged',
      damage: [{ class: 'unreadable', where: 'snapshots [2, 0]', repaired: true }],
      state: { state: vault.state().state },
    });
    expect(await load('head', 'head')).toMatchObject({ damage: [{ class: 'unreadable', where: 'head' }] });
    expect(await load('log', '3,0')).toMatchObject({
      damage: [{ class: 'unreadable', where: 'log [3, 0]', repaired: false }],
      state: null,
      readable: [{ id: 'a' }, { id: 'b' }],
    });
    await vault.setMark('seeded', true);
    expect(await load('marks', 'seeded')).toMatchObject({
      damage: [{ class: 'unreadable', where: 'marks "seeded"' }],
    });
    const failing: Connection = {
      ...world.connection,
      read: () => Promise.reject(new StorageError('connection', 'lost')),
    };
    await expect(tabOver(failing, world.environment).load()).rejects.toMatchObject({ class: 'connection' });
    const lost = new StorageError('connection', 'lost');
    const dying: Connection = {
      ...world.connection,
      read: (kinds, body) =>
        world.connection.read(kinds, (reader) => body({ ...reader, get: () => Promise.reject(lost) })),
    };
    await expect(tabOver(dying, world.environment).load()).rejects.toMatchObject({ class: 'connection' });
  });

  test('[F53] repairing a snapshot that is damaged in every line takes time in proportion', async () => {
    const timeOf = async (size: number) => {
      const world = await makeWorld();
      const vault = firstRun(world);
      const all = Array.from({ length: size }, (_, i) => change(vault, 'notes', `r${i}`, { text: `${i}` }));
      await vault.append(plan(all)).outcome;
      await fold(world.connection, world);
      const dump = await rawDump(world.connection);
      const damage = async (kind: Kind) => {
        for (const [name, page] of dump) {
          const [of, key] = JSON.parse(name) as [Kind, Key];
          if (of !== kind) continue;
          const text = new TextDecoder().decode(page as Bytes).replaceAll('"text":"', '"text":"!');
          await world.putRaw(of, key, toBytes(text));
        }
      };
      await damage('snapshots');
      await damage('log');
      const start = process.cpuUsage().user;
      const verdict = await world.load();
      expect(verdict).toMatchObject({ kind: 'damaged', state: null, readable: [] });
      return process.cpuUsage().user - start;
    };
    await timeOf(200);
    const [small, large] = [await timeOf(1_000), await timeOf(10_000)];
    expect(large / small).toBeLessThan(40);
  }, 60_000);
});

test('[I12] nothing stored at all is told from little that is stored', async () => {
  const world = await makeWorld();
  expect(isEmpty(await readStored(world.connection))).toBe(true);
  await world.putRaw('marks', '~probe', new Uint8Array(3));
  expect(isEmpty(await readStored(world.connection))).toBe(true);
  for (const [kind, key] of [
    ['marks', 'seeded'],
    ['quarantine', 'q'],
    ['log', [1, 0]],
    ['snapshots', [1, 0]],
    ['head', 'head'],
  ] as const) {
    await world.putRaw(kind, key, new Uint8Array(3));
    expect(isEmpty(await readStored(world.connection))).toBe(false);
    await world.putRaw(kind, key, undefined);
  }
});

describe('marks', () => {
  test('[I4] a damaged mark is refused, told, and copied to quarantine before another takes its place', async () => {
    const { world, vault } = await threeCommits();
    await vault.setMark('remote', { ackedSeq: 3 });
    const sound = await getRaw(world, 'marks', 'remote');
    await world.putRaw('marks', 'other', sound);
    await expect(vault.mark('other')).rejects.toMatchObject({ class: 'corrupt' });
    await world.putRaw('marks', 'other', toBytes('no mark'));
    await expect(vault.mark('other')).rejects.toMatchObject({ class: 'corrupt' });
    expect(await world.load()).toMatchObject({
      kind: 'damaged',
      damage: [{ where: 'marks "other"' }],
      state: {},
    });
    await vault.setMark('other', 'new');
    expect(await vault.mark('other')).toBe('new');
    const kept = await world.connection.read(['quarantine'], (reader) => reader.keys('quarantine'));
    expect(kept).toEqual([sha256('no mark')]);
    expect((await world.load()).kind).toBe('intact');
  });

  test('[I4] quarantine is never written over, not even where it is damaged or cannot be read', async () => {
    const { world, vault } = await threeCommits();
    const id = sha256('damaged');
    const found = { id, bytes: btoa('damaged'), where: 'log', why: 'corrupt:shape', at: '' };
    await world.putRaw('quarantine', id, 'not even bytes');
    await vault.append(plan([], { quarantine: [found] })).outcome;
    expect(await world.connection.read(['quarantine'], (reader) => reader.get('quarantine', id))).toBe(
      'not even bytes',
    );
    const keys = await world.connection.read(['quarantine'], (reader) => reader.keys('quarantine'));
    expect(keys).toEqual([id, `${id}-1`]);
    const unreadable = new StorageError('corrupt', 'unreadable');
    const blind: Connection = {
      ...world.connection,
      write: (kinds, body) =>
        world.connection.write(kinds, (writer) =>
          body({
            ...writer,
            get: (kind, key) => (key === id ? Promise.reject(unreadable) : writer.get(kind, key)),
          }),
        ),
    };
    const other = tabOver(blind, world.environment);
    await (await other.open()).append(plan([], { quarantine: [{ ...found, bytes: btoa('more') }] })).outcome;
    expect(await world.connection.read(['quarantine'], (reader) => reader.keys('quarantine'))).toEqual([
      id,
      `${id}-1`,
      `${id}-2`,
    ]);
    const lost: Connection = {
      ...world.connection,
      write: (kinds, body) =>
        world.connection.write(kinds, (writer) =>
          body({
            ...writer,
            get: (kind, key) =>
              key === id ? Promise.reject(new StorageError('connection', 'lost')) : writer.get(kind, key),
          }),
        ),
    };
    const failing = (await tabOver(lost, world.environment).open()).append(plan([], { quarantine: [found] }));
    await expect(failing.outcome).rejects.toMatchObject({ class: 'connection' });
  });

  test('[I4] where no place in quarantine can be read, what a commit would replace stays', async () => {
    const { world, vault } = await threeCommits();
    const id = sha256('damaged');
    const found = { id, bytes: btoa('damaged'), where: 'log', why: 'corrupt:shape', at: '' };
    await world.putRaw('quarantine', id, toBytes('{"bytes":'));
    for (let copy = 1; copy < 16; copy++) await world.putRaw('quarantine', `${id}-${copy}`, toBytes('{}'));
    const before = await rawDump(world.connection);
    await expect(vault.append(plan([], { quarantine: [found] })).outcome).rejects.toMatchObject({
      class: 'corrupt',
    });
    expect(await rawDump(world.connection)).toEqual(before);
    await world.putRaw('quarantine', `${id}-15`, undefined);
    expect((await vault.append(plan([], { quarantine: [found] })).outcome).kind).toBe('committed');
  });
});

import { describe, expect, test } from 'vitest';
import { fold } from '../../src/vault/fold.ts';
import { pointsInTime, provenPoints, stateAt } from '../../src/vault/points.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { firstRun, makeWorld, RULES, save, stateDump, type World } from './world.ts';
import { edit, forged } from './wreck.ts';

const options = { rules: RULES, digest: digestWith(undefined) };

/** A hundred edits over some hours, folded now and then: old ones are squashed, two snapshots are kept. */
async function aged(): Promise<World> {
  const world = await makeWorld();
  const vault = firstRun(world);
  for (let i = 1; i <= 100; i++) {
    world.environment.clock.increment(5 * 60_000);
    await save(vault, `r${i % 7}`, { text: `${i}` });
    if (i % 30 === 0) await fold(world.connection, world);
  }
  return world;
}

/** By the road of each point alone: the slow way, with other code. */
async function rebuiltOneByOne({ connection }: World): Promise<number[]> {
  const found: number[] = [];
  for (const { seq } of await pointsInTime(connection)) {
    if (await stateAt(connection, seq, options).then(Boolean, () => false)) found.push(seq);
  }
  return found;
}

async function spoil(world: World, kind: 'log' | 'snapshots', seq: number): Promise<void> {
  const page = (await world.connection.read([kind], (reader) => reader.get(kind, [seq, 0]))) as Uint8Array;
  const spoiled = page.slice();
  const at = spoiled.length - 20;
  spoiled.set([(spoiled[at] ?? 0) ^ 1], at);
  await world.putRaw(kind, [seq, 0], spoiled);
}

describe('Restore points', () => {
  test('[I11] are all of those that can be rebuilt, and only those', async () => {
    const world = await aged();
    const points = await provenPoints(world.connection, options);
    expect(points.map(({ seq }) => seq)).toEqual(await rebuiltOneByOne(world));
    expect(points.length).toBeGreaterThan(50);
  });

  test('[I11] from the verified present are the same, and hold what was there', async () => {
    const world = await aged();
    const present = (await world.open()).state();
    const points = await provenPoints(world.connection, options, present);
    expect(points.map(({ seq }) => seq)).toEqual(await rebuiltOneByOne(world));
    for (const { seq, records } of points.slice(-3))
      expect(stateDump({ records })).toEqual(stateDump(await stateAt(world.connection, seq, options)));
  });

  test.each([
    ['the newest commit', 'log', 100],
    ['a commit between the two snapshots', 'log', 75],
    ['a commit after the newest snapshot', 'log', 95],
    ['the newest snapshot', 'snapshots', 90],
    ['the older snapshot', 'snapshots', 60],
  ] as const)('[I3] with %s damaged are those that can still be rebuilt', async (_, kind, seq) => {
    const world = await aged();
    await spoil(world, kind, seq);
    const points = await provenPoints(world.connection, options);
    const seqs = points.map((point) => point.seq);
    expect(seqs).toEqual(await rebuiltOneByOne(world));
    expect(seqs.length).toBeGreaterThan(20);
    if (seq > 90) expect(seqs).not.toContain(seq);
  });
});

describe('a road back', () => {
  /** Three edits, a fold, and two more; the commits before the second are gone. */
  async function halved(): Promise<World> {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const text of ['1', '2', '3', '4', '5']) {
      await save(vault, 'a', { text });
      if (text === '3') await fold(world.connection, world);
    }
    await world.putRaw('log', [1, 0], undefined);
    return world;
  }

  test('[I11] leads from a snapshot also where newer commits follow it', async () => {
    const world = await halved();
    expect(stateDump(await stateAt(world.connection, 2, options))).toMatchObject([{ data: { text: '2' } }]);
    // And on to these.
    expect(stateDump(await stateAt(world.connection, 5, options))).toMatchObject([{ data: { text: '5' } }]);
  });

  test('[I3] leads nowhere over a commit that cannot be read, or of which what it replaced was another', async () => {
    const world = await halved();
    await edit(
      world,
      'log',
      [3, 0],
      forged({}, (lines) => lines.replace(/"before":{"checksum":"..../, '"before":{"checksum":"0000')),
    );
    await expect(stateAt(world.connection, 2, options)).rejects.toMatchObject({ class: 'corrupt' });
    await edit(world, 'log', [3, 0], (text) => text.replace('{', '['));
    expect((await pointsInTime(world.connection)).map(({ seq }) => seq)).toEqual([5, 4, 2]);
    await expect(stateAt(world.connection, 2, options)).rejects.toMatchObject({ class: 'corrupt' });
  });

  test('[I11] leads from the verified present where no snapshot holds', async () => {
    const world = await halved();
    const present = (await world.open()).state();
    await spoil(world, 'snapshots', 3);
    const points = await provenPoints(world.connection, options, present);
    expect(points.map(({ seq, records }) => [seq, stateDump({ records })])).toMatchObject(
      [5, 4, 3, 2].map((seq) => [seq, [{ data: { text: `${seq}` } }]]),
    );
    expect(await provenPoints(world.connection, options)).toEqual([]);
  });
});

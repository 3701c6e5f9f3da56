import { describe, expect, test } from 'vitest';
import { type Connection, KINDS, type Writer } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { shed } from '../../src/services/shed.ts';
import { fold } from '../../src/vault/fold.ts';
import { pointsInTime, stateAt } from '../../src/vault/points.ts';
import { quarantined } from '../../src/vault/quarantine.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { firstRun, makeWorld, RULES, save, type World } from '../vault/world.ts';

const options = { rules: RULES, digest: digestWith(undefined) };
const HOUR_MS = 3_600_000;

/** Twenty days of work: hourly and daily points, a pin, something in quarantine, two verified snapshots. */
async function aged(): Promise<World> {
  const world = await makeWorld();
  const vault = firstRun(world);
  const at = new Date(world.environment.now()).toISOString();
  const found = quarantined(new TextEncoder().encode('found'), { where: 'log [1, 0]', why: 'torn', at });
  await save(vault, 'first', { text: 'one' }, { quarantine: [found] });
  for (let i = 1; i <= 160; i += 1) {
    world.environment.clock.increment(3 * HOUR_MS);
    const pin = { name: 'before the move', days: null };
    await save(vault, `r${i % 5}`, { text: `${i}` }, i === 40 ? { pin } : {});
    if (i % 6 === 0) await fold(world.connection, world);
  }
  return world;
}

/** A full disk: whatever would add a byte is refused, as is the transaction it is in. */
function full({ connection }: World): { connection: Connection; writes: () => number } {
  let writes = 0;
  const refuse = () => {
    throw new StorageError('capacity', 'full');
  };
  return {
    connection: {
      ...connection,
      write(kinds, body) {
        writes += 1;
        return connection.write(kinds, (writer) => body({ ...writer, add: refuse, put: refuse } as Writer));
      },
    },
    writes: () => writes,
  };
}

const keysOf = ({ connection }: World) =>
  connection.read(KINDS, async (reader) => ({
    log: (await reader.keys('log')).map(String),
    snapshots: (await reader.keys('snapshots')).map(String),
    quarantine: await reader.entries('quarantine'),
    marks: await reader.entries('marks'),
  }));

describe('Making room', () => {
  test('[F26] [F25] works on a disk where nothing can be written, and what goes is hourly and daily history', async () => {
    const world = await aged();
    const [before, points] = [await keysOf(world), await pointsInTime(world.connection)];
    const now = await world.open();
    const gone = await shed(full(world).connection, world);
    const after = await keysOf(world);
    expect(gone).toBe(
      before.log.length + before.snapshots.length - after.log.length - after.snapshots.length,
    );
    expect(gone).toBeGreaterThan(3);
    expect(points.length - (await pointsInTime(world.connection)).length).toBe(gone);
    expect((await world.load(true)).kind).toBe('intact');
    expect((await world.open()).state().state).toBe(now.state().state);
  });

  test('[I11] never takes the floor, a pin, the last fifty commits or quarantine', async () => {
    const world = await aged();
    const before = await keysOf(world);
    const newest = (await pointsInTime(world.connection)).slice(0, 50);
    while ((await shed(full(world).connection, world)) > 0);
    const after = await keysOf(world);
    expect(after.snapshots).toEqual(before.snapshots);
    expect(after.snapshots.filter((key) => key.endsWith(',0'))).toHaveLength(2);
    expect(after.quarantine).toEqual(before.quarantine);
    expect(after.quarantine).toHaveLength(1);
    expect(after.marks).toEqual(before.marks);
    const points = await pointsInTime(world.connection);
    expect(points.slice(0, 50)).toEqual(newest);
    // The pin of commit 41 keeps the point before it.
    const pinned = points.find(({ pin }) => pin?.name === 'before the move');
    expect(
      (await stateAt(world.connection, Number(pinned?.seq), options)).records.get('notes')?.get('r4')?.data,
    ).toEqual({
      text: '39',
    });
    for (const { seq } of points) await stateAt(world.connection, seq, options);
  });

  test('[I4] takes nothing at all while damage is open, and writes nothing', async () => {
    const world = await aged();
    const { log } = await keysOf(world);
    const seq = Number(log.at(-1)?.split(',')[0]);
    const page = (await world.connection.read(['log'], (reader) =>
      reader.get('log', [seq, 0]),
    )) as Uint8Array;
    await world.putRaw(
      'log',
      [seq, 0],
      new TextEncoder().encode(new TextDecoder().decode(page).replace('160', '999')),
    );
    expect((await world.load()).kind).toBe('damaged');
    const before = await keysOf(world);
    const disk = full(world);
    expect(await shed(disk.connection, world)).toBe(0);
    expect(disk.writes()).toBe(0);
    expect(await keysOf(world)).toEqual(before);
  });

  test('takes what a fold that died left behind, but not what another one may still be writing', async () => {
    const world = await makeWorld();
    const vault = firstRun(world);
    for (const text of ['a', 'b', 'c']) await save(vault, 'a', { text });
    await fold(world.connection, world);
    await world.putRaw('snapshots', [2, 1], new Uint8Array([1]));
    await world.putRaw('snapshots', [4, 1], new Uint8Array([1]));
    expect(await shed(full(world).connection, world)).toBe(1);
    expect((await keysOf(world)).snapshots).toEqual(['3,0', '4,1']);
    expect(await shed(full(world).connection, world)).toBe(0);
  });
});

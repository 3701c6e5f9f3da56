import { describe, expect, test } from 'vitest';
import type { Connection, Entry } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { PROBE_MARK } from '../../src/engines/probe.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { isEmpty, readPast, readStored, readWhole } from '../../src/vault/read.ts';
import { makeWorld, type World } from './world.ts';
import { grown } from './wreck.ts';

const keys = (entries: readonly Entry[]) => entries.map(({ key }) => key);
const pages = (...seqs: number[]) => seqs.map((seq) => [seq, 0]);

/** Snapshots of 1 and 6 with a second page each, one of which only the second page was written, and a mark beside a probe's. */
async function stored(): Promise<World> {
  const { world, vault } = await grown();
  for (const seq of [1, 6, 8]) await world.putRaw('snapshots', [seq, 1], toBytes('second page'));
  await world.putRaw('quarantine', 'q', toBytes('{}'));
  await vault.setMark('seeded', true);
  await world.putRaw('marks', PROBE_MARK, toBytes('of a probe'));
  return world;
}

describe('what is read', () => {
  test('[I3] for a load: the newest snapshot that is whole, and the commits after it', async () => {
    const found = await readStored((await stored()).connection);
    expect(found.head).toMatchObject({ key: 'head', value: expect.any(Uint8Array) });
    expect(keys(found.snapshots)).toEqual([
      [6, 0],
      [6, 1],
    ]);
    expect(keys(found.log)).toEqual(pages(7, 8, 9));
    expect(keys(found.marks)).toEqual(['seeded']);
    expect(found.quarantine).toEqual(['q']);
    expect(found.isWhole).toBe(false);
  });

  test('[I3] from a certain snapshot on, or from the first commit where there is none', async () => {
    const { connection } = await stored();
    const older = await readStored(connection, 1);
    expect([keys(older.snapshots), keys(older.log)]).toEqual([
      [
        [1, 0],
        [1, 1],
      ],
      pages(2, 3, 4, 5, 6, 7, 8, 9),
    ]);
    const { world } = await grown();
    for (const seq of [1, 6]) await world.putRaw('snapshots', [seq, 0], undefined);
    const none = await readStored(world.connection);
    expect([keys(none.snapshots), keys(none.log)]).toEqual([[], pages(1, 2, 3, 4, 5, 6, 7, 8, 9)]);
  });

  test('[I11] for a second road: everything', async () => {
    const found = await readWhole((await stored()).connection);
    expect(keys(found.snapshots)).toEqual([
      [1, 0],
      [1, 1],
      [6, 0],
      [6, 1],
      [8, 1],
    ]);
    expect(keys(found.log)).toEqual(pages(1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(keys(found.marks)).toEqual(['seeded']);
    expect(found).toMatchObject({ quarantine: ['q'], isWhole: true, head: { key: 'head' } });
  });

  test('for a cut: all but the lines of the newest snapshot', async () => {
    const found = await readPast((await stored()).connection, 6);
    expect(keys(found.snapshots)).toEqual([
      [1, 0],
      [1, 1],
      [6, 0],
    ]);
    expect(keys(found.log)).toEqual(pages(1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(found.isWhole).toBe(false);
  });

  test('[F31] of a head: what cannot be read is told from what is not there', async () => {
    const { connection } = await makeWorld();
    expect((await readStored(connection)).head).toBeUndefined();
    const failing = (error: StorageError): Connection => ({
      ...connection,
      read: (kinds, body) =>
        connection.read(kinds, (reader) => body({ ...reader, get: () => Promise.reject(error) })),
    });
    const corrupt = new StorageError('corrupt', 'unreadable');
    expect((await readStored(failing(corrupt))).head).toEqual({ key: 'head', error: corrupt });
    const lost = new StorageError('connection', 'lost');
    await expect(readStored(failing(lost))).rejects.toBe(lost);
  });

  test('[I12] of nothing at all is nothing, and whatever is there is something', async () => {
    const { connection } = await makeWorld();
    const nothing = await readStored(connection);
    expect(isEmpty(nothing)).toBe(true);
    const entry = { key: 'x', value: 1 };
    for (const kind of ['log', 'snapshots', 'marks'] as const)
      expect(isEmpty({ ...nothing, [kind]: [entry] })).toBe(false);
    expect(isEmpty({ ...nothing, quarantine: ['q'] })).toBe(false);
    expect(isEmpty({ ...nothing, head: entry })).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { createFound } from '../../src/services/found.ts';
import { readStores, verifyRecords } from '../../src/services/load.ts';
import { listRestorePoints, prepareRecovery } from '../../src/services/recovery.ts';
import type { Stored } from '../../src/vault/contract.ts';
import { ParentWorld } from '../paths/world/child.ts';
import { damagedScenes } from '../paths/world/damagedScenes.ts';

const { damaged } = damagedScenes;

/** A page that has loaded what is damaged, and listed the backups. */
async function asked(): Promise<ParentWorld> {
  const world = new ParentWorld();
  await world.set(damaged.dump);
  const reading = await readStores(world.hands, { isWiped: false });
  if (reading.kind !== 'found') throw new Error(reading.kind);
  expect((await verifyRecords(world.hands, reading)).kind).toBe('damaged');
  await listRestorePoints(world.recoveryHands);
  return world;
}

const prepare = (world: ParentWorld) =>
  prepareRecovery(world.recoveryHands, { finding: damaged.finding, choice: { kind: 'newest' } });

describe('What was judged on the way to a recovery', () => {
  it('holds while every stored byte is what it was, and the plan is the same as without it', async () => {
    const world = await asked();
    const { plan, ...told } = await prepare(world);
    const fresh = new ParentWorld();
    await fresh.set(damaged.dump);
    const { plan: other, ...toldThere } = await prepare(fresh);
    const stable = ({ quarantine = [], ...rest }: typeof plan) => ({
      ...rest,
      id: '',
      quarantine: quarantine.map(({ id, bytes }) => ({ id, bytes })),
    });
    expect(stable(plan)).toEqual(stable(other));
    expect(told).toEqual(toldThere);
    await Promise.all([world.close(), fresh.close()]);
  });

  it('[I4] is worth nothing once another tab has put it right: nothing is recovered over sound data', async () => {
    const world = await asked();
    await world.set(damaged.sound);
    await expect(prepare(world)).rejects.toMatchObject({ class: 'transient' });
    await world.close();
  });

  it('is given back for the same bytes only, whatever has changed', () => {
    const stored = (patch: Partial<Stored> = {}): Stored => ({
      head: { key: 'head', value: { seq: 2, seal: 'a' } },
      log: [{ key: [1, 0], value: new Uint8Array([1, 2, 3]) }],
      snapshots: [{ key: [1, 0], value: new Uint8Array([4]) }],
      marks: [],
      quarantine: ['q'],
      isWhole: false,
      ...patch,
    });
    const verdict = { kind: 'damaged', damage: [] } as never;
    const found = createFound();
    expect(found.verdictOf(stored())).toBeNull();
    found.keepVerdict(stored(), verdict);
    expect(found.verdictOf(stored())).toBe(verdict);
    const error = new Error('unreadable') as never;
    const others: Partial<Stored>[] = [
      { head: undefined },
      { head: { key: 'head', value: { seq: 3, seal: 'a' } } },
      { log: [{ key: [1, 0], value: new Uint8Array([1, 2, 4]) }] },
      { log: [{ key: [1, 0], value: new Uint8Array([1, 2]) }] },
      { log: [{ key: [2, 0], value: new Uint8Array([1, 2, 3]) }] },
      { log: [{ key: [1, 0], value: 'text' }] },
      { log: [{ key: [1, 0], error }] },
      { log: [] },
      { snapshots: [] },
      { marks: [{ key: 'm', value: new Uint8Array([1]) }] },
      { quarantine: [] },
    ];
    for (const other of others) expect(found.verdictOf(stored(other)), JSON.stringify(other)).toBeNull();
    found.keepVerdict(stored({ log: [{ key: [1, 0], error }] }), verdict);
    expect(found.verdictOf(stored({ log: [{ key: [1, 0], error }] })), 'it may be readable now').toBeNull();
    found.forget();
    expect(found.verdictOf(stored())).toBeNull();
    expect(found.pointAt('newest')).toBeNull();
  });
});

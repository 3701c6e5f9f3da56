import { describe, expect, test } from 'vitest';
import { firstStart, foundOn, visit } from './run.ts';
import { fill } from './workloads.ts';
import { Page } from './world/page.ts';
import { World } from './world/world.ts';

const EMPTY = { database: {}, storage: [] };

/** What a start of the app finds on this disk, and whether it wrote anything. */
async function start(world: World) {
  const before = await world.dump();
  const tab = world.tab();
  const page = new Page(tab);
  const ending = await world.settle(page.load(), tab);
  if (ending.kind !== 'resolved') throw new Error(ending.kind);
  const after = await world.dump();
  const entries = (dump: typeof before) => Object.values(dump).flat();
  return { result: ending.value, page, wrote: entries(after).length !== entries(before).length };
}

describe('an empty database', () => {
  test('[I12] without a witness it is a first run, and nothing is written by looking', async () => {
    const { result, wrote } = await start(await World.on(EMPTY));
    expect(result).toMatchObject({ kind: 'loaded', isFirstRun: true });
    expect(wrote).toBe(false);
  });

  test('[I12] [F12] [F42] [F43] with a witness it is vanished: nothing is seeded, nothing can be written', async () => {
    const { disk, model } = await firstStart();
    const { result, page, wrote } = await start(await World.on({ ...disk, database: {} }));
    expect(result).toMatchObject({ kind: 'deferred', finding: { code: 'vanished', witness: { seq: 1 } } });
    expect(model.size).toBeGreaterThan(0);
    expect(() => page.vault).toThrow();
    expect(wrote).toBe(false);
  });

  test('[I12] [F43] object stores that were emptied, with a witness, are vanished too', async () => {
    const { disk } = await firstStart();
    const emptied = Object.fromEntries(Object.keys(disk.database).map((store) => [store, []]));
    const { result } = await start(await World.on({ ...disk, database: emptied }));
    expect(result).toMatchObject({ kind: 'deferred', finding: { code: 'vanished' } });
  });

  test('[I12] without the witness the data is simply there, and the witness is put right by the next save', async () => {
    const { disk, model } = await firstStart();
    const world = await World.on({ ...disk, storage: [] });
    const { result, page } = await start(world);
    expect(result).toMatchObject({ kind: 'loaded', isFirstRun: false, damage: [] });
    expect(foundOn(await world.disk()).model).toEqual(model);
    await world.settle(page.commit(page.plan('save', [{ store: 'settings', id: 's', data: 1 }])));
    expect(world.storage.length).toBe(1);
  });

  test('[I12] [F44] evicted while open: the page is told, and the next start says vanished', async () => {
    const first = await visit(new World());
    await first.world.settle(fill(first.page), first.tab);
    await first.world.evict([first.tab]);
    const save = first.page.plan('save', [{ store: 'settings', id: 's', data: 1 }]);
    const ending = await first.world.settle(first.page.commit(save), first.tab);
    expect(ending.kind === 'resolved' && ending.value.kind).toMatch(/failed|unsure|refused/);
    first.tab.kill();
    await first.world.quiet();
    const { result } = await start(first.world);
    expect(result).toMatchObject({ kind: 'deferred', finding: { code: 'vanished' } });
  });
});

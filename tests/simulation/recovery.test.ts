import { describe, expect, test, vi } from 'vitest';
import { FAULT_KINDS, faultAt } from './faults/rules.ts';
import { expectGolden } from './golden.ts';
import {
  brokenRecoveries,
  firstStart,
  foundOn,
  nameOf,
  pull,
  runUnder,
  type Start,
  undisturbed,
  visit,
} from './run.ts';
import { OPERATIONS } from './workloads.ts';
import { Page } from './world/page.ts';
import { type Disk, World } from './world/world.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

/** Every disk that a crash in an operation can leave behind. */
async function wrecks(start: Start): Promise<Map<string, Disk>> {
  const found = new Map<string, Disk>();
  for (const operation of OPERATIONS) {
    const sound = await undisturbed(start, operation);
    for (let n = sound.from; n < sound.from + sound.points; n += 1) {
      const { disk } = await runUnder(start, operation, faultAt(n, 'C'));
      found.set(nameOf(disk), disk);
    }
  }
  return found;
}

describe('a fault while recovering from a crash', () => {
  test('[I1] [I13] loading ends, hands up nothing wrong, writes nothing, and can be tried again', async () => {
    const disks = await wrecks(await firstStart());
    let points = 0;
    const after: { point: string; disk: Disk }[] = [];
    for (const disk of disks.values()) {
      const stored = foundOn(disk).model;
      const calm = await World.on(disk);
      await visit(calm);
      for (const kind of FAULT_KINDS) {
        for (let n = 1; n <= calm.steps.count; n += 1) {
          const world = await World.on(disk);
          world.steps.rule = faultAt(n, kind);
          const tab = world.tab();
          const page = new Page(tab);
          const ending = await world.settle(page.load(), tab);
          const point = `${kind} at ${world.steps.trace[n - 1]}`;
          // A synchronous call that hangs takes its page with it.
          const isDead = kind === 'C' || (kind === 'H' && point.includes(' storage '));
          expect([point, ending.kind]).toEqual([point, isDead ? 'crashed' : 'resolved']);
          if (ending.kind === 'resolved' && ending.value.kind === 'loaded') {
            expect([point, ending.value.isFirstRun]).toEqual([point, false]);
            for (const [key, data] of stored) {
              const [store, id] = key.split('/') as ['templates', string];
              expect([point, key, page.now(store, id)]).toEqual([point, key, data]);
            }
          }
          const left = await pull({ world, tab, page });
          expect([point, left.database]).toEqual([point, disk.database]);
          after.push({ point, disk: left });
          points += 1;
        }
      }
    }
    expect(await brokenRecoveries(after)).toEqual([]);
    console.log(`${disks.size} disks after a crash, ${points} fault points while loading them`);
    expectGolden('recovery', { disks: disks.size, points });
  }, 120_000);

  test('[I1] [I2] a save that follows a crash meets every fault as any other', async () => {
    const start = await firstStart();
    const [save] = OPERATIONS;
    if (!save) throw new Error('no save');
    const sound = await undisturbed(start, save);
    for (let n = sound.from; n < sound.from + sound.points; n += 1) {
      const { disk } = await runUnder(start, save, faultAt(n, 'C'));
      const model = foundOn(disk).model;
      const again = await undisturbed({ disk, model }, save);
      for (const kind of FAULT_KINDS) {
        for (let m = again.from; m < again.from + again.points; m += 1) {
          const outcome = await runUnder({ disk, model }, save, faultAt(m, kind));
          const found = foundOn(outcome.disk);
          const isAcknowledged =
            outcome.ending.kind === 'resolved' && outcome.ending.value.kind === 'committed';
          expect(found.problems).toEqual([]);
          expect(isAcknowledged ? [again.model] : [again.model, model]).toContainEqual(found.model);
        }
      }
    }
  }, 120_000);
});

import { describe, expect, test } from 'vitest';
import { FAULT_KINDS, faultAt } from './faults/rules.ts';
import { expectGolden } from './golden.ts';
import { broken, brokenRecoveries, firstStart, runUnder, type Start, undisturbed } from './run.ts';
import { OPERATIONS } from './workloads.ts';

/** Two operations by default, 7 + 49 workloads; `WORKLOADS=all` goes to three, all 399 (durability 2). */
const DEPTH = process.env.WORKLOADS === 'all' ? 3 : 2;

/**
 * Every workload that begins with `names`: the last operation meets every fault at every step, on the disk that the
 * ones before it left. What strikes earlier is the last operation of a shorter workload.
 */
async function walk(start: Start, names: string[], points: Record<string, number>): Promise<void> {
  for (const operation of OPERATIONS) {
    const workload = [...names, operation.name];
    const sound = await undisturbed(start, operation);
    const disks = [];
    for (const kind of FAULT_KINDS) {
      for (let n = sound.from; n < sound.from + sound.points; n += 1) {
        const outcome = await runUnder(start, operation, faultAt(n, kind));
        const point = `${workload.join(', ')}: ${kind} at ${outcome.trace[n - 1]}`;
        expect([point, ...broken(start, sound.model, outcome)]).toEqual([point]);
        disks.push({ point, disk: outcome.disk });
      }
    }
    expect(await brokenRecoveries(disks)).toEqual([]);
    points[workload.join(', ')] = sound.points * FAULT_KINDS.length;
    if (workload.length < DEPTH) await walk(sound, workload, points);
  }
}

describe('workloads of up to three operations', () => {
  test.each(OPERATIONS)(
    `[I1] [I2] [I13] [I16] after $name, every fault at every step of what follows`,
    async (operation) => {
      const points: Record<string, number> = {};
      const start = await firstStart();
      await walk(await undisturbed(start, operation), [operation.name], points);
      expectGolden(`workloads ${operation.name}${DEPTH === 3 ? ' all' : ''}`, points);
      const total = Object.values(points).reduce((sum, count) => sum + count, 0);
      console.log(`${operation.name}: ${Object.keys(points).length} workloads, ${total} fault points`);
    },
    600_000,
  );
});

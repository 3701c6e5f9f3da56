import { beforeAll, describe, expect, test, vi } from 'vitest';
import { FAULT_KINDS, faultAt } from './faults/rules.ts';
import { expectGolden } from './golden.ts';
import { broken, brokenRecovery, firstStart, runUnder, type Start, undisturbed } from './run.ts';
import { OPERATIONS } from './workloads.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let start: Start;
const points: Record<string, number> = {};

beforeAll(async () => {
  start = await firstStart();
});

describe.each(OPERATIONS)('$name, with a fault at every step', (operation) => {
  test.each(FAULT_KINDS)(
    '[I1] [I2] [I13] %s: acknowledged is there, failed is not, nothing is half',
    async (kind) => {
      const sound = await undisturbed(start, operation);
      for (let n = sound.from; n < sound.from + sound.points; n += 1) {
        const rule = faultAt(n, kind);
        const outcome = await runUnder(start, operation, rule);
        const point = `${kind} at ${outcome.trace[n - 1]}`;
        expect(rule.struck()).toBe(true);
        expect([point, ...broken(start, sound.model, outcome)]).toEqual([point]);
        expect([point, ...(await brokenRecovery(outcome.disk))]).toEqual([point]);
      }
      points[operation.name] = sound.points * FAULT_KINDS.length;
    },
  );
});

test('the number of points has not dropped', () => {
  expectGolden('operations', points);
  const total = Object.values(points).reduce((sum, count) => sum + count, 0);
  console.log(`fault points of single operations: ${total}`);
});

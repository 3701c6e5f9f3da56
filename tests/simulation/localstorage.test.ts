import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Claims } from './claims.ts';
import { FAULT_KINDS, type FaultKind, faultAt } from './faults/rules.ts';
import { expectGolden } from './golden.ts';
import {
  broken,
  brokenRecoveries,
  firstStart,
  foundOn,
  isSame,
  pull,
  runUnder,
  type Start,
  undisturbed,
  visit,
} from './run.ts';
import { OPERATIONS } from './workloads.ts';
import type { Disk } from './world/world.ts';
import { World } from './world/world.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let start: Start;
const points: Record<string, number> = {};

beforeAll(async () => {
  start = await firstStart('localstorage');
});

describe.each(OPERATIONS)('$name in localStorage, with a fault at every call', (operation) => {
  test.each(FAULT_KINDS)(
    '[I1] [I2] [I13] [F32] %s: acknowledged is there, failed is not, nothing is half',
    async (kind: FaultKind) => {
      const sound = await undisturbed(start, operation);
      const disks: { point: string; disk: Disk }[] = [];
      for (let n = sound.from; n < sound.from + sound.points; n += 1) {
        const rule = faultAt(n, kind);
        const outcome = await runUnder(start, operation, rule);
        const point = `${kind} at ${outcome.trace[n - 1]}`;
        expect(rule.struck()).toBe(true);
        expect([point, ...broken(start, sound.model, outcome)]).toEqual([point]);
        disks.push({ point, disk: outcome.disk });
      }
      expect(await brokenRecoveries(disks)).toEqual([]);
      points[operation.name] = disks.length * FAULT_KINDS.length;
    },
  );
});

test('the number of points in localStorage has not dropped', () => {
  expectGolden('operations in localStorage', points);
});

test('[I1] [F33] a browser that is killed before it wrote localStorage down leaves a whole earlier state', async () => {
  const there = await visit(await World.on(start.disk));
  const states = [start.model];
  // What the disk may hold: everything up to any call. Nothing later is there without what came before it.
  const moments: Disk['storage'][] = [];
  there.world.steps.rule = (step) => {
    if (step.kind === 'storage') moments.push(there.world.storage.dump());
    return undefined;
  };
  for (const operation of OPERATIONS.slice(0, 3)) {
    states.push(operation.apply(states.at(-1) ?? start.model));
    await there.world.settle(operation.run(there.page), there.tab);
  }
  const { home } = await pull(there);
  const seen = new Set<number>();
  for (const storage of moments) {
    const world = await World.on({ database: {}, storage, ...(home && { home }) });
    const { model, problems } = foundOn(await world.disk());
    expect(problems).toEqual([]);
    seen.add(states.findIndex((state) => isSame(state, model)));
  }
  expect([...seen]).toEqual([0, 1, 2, 3]);
});

test('[I8] two tabs that write at once in localStorage lose nothing: each batch has the lock to itself', async () => {
  const world = await World.on(start.disk);
  const tabs = [await visit(world), await visit(world), await visit(world)];
  const claims = new Claims();
  for (let turn = 0; turn < 8; turn += 1) {
    const all = tabs.map(({ page }, i) =>
      claims.make(page, 'save', [
        { store: 'templates', id: turn % 2 ? 't1' : `own-${i}`, data: { turn, i } },
      ]),
    );
    await world.settle(Promise.all(all));
  }
  expect(claims.broken((await world.disk()).database)).toEqual([]);
  expect(claims.count('committed')).toBeGreaterThan(12);
  expect(claims.count('conflicted')).toBeGreaterThan(0);
});

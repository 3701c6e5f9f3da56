import { beforeAll, describe, expect, test, vi } from 'vitest';
import { connectionDiesAt, diskFull, faultAt, type QuotaShape } from './faults/rules.ts';
import type { Rule, Step } from './faults/step.ts';
import {
  broken,
  brokenRecovery,
  firstStart,
  foundOn,
  pull,
  runUnder,
  type Start,
  undisturbed,
  visit,
} from './run.ts';
import { OPERATIONS, type Operation } from './workloads.ts';
import { Page } from './world/page.ts';
import { World } from './world/world.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let start: Start;

beforeAll(async () => {
  start = await firstStart();
});

function operation(name: string): Operation {
  const found = OPERATIONS.find((other) => other.name === name);
  if (!found) throw new Error(`no operation ${name}`);
  return found;
}

/** Runs an operation under a rule, and holds the outcome and the next visit against the promise. */
async function prove(subject: Operation, rule: Rule) {
  const sound = await undisturbed(start, subject);
  const outcome = await runUnder(start, subject, rule);
  expect(broken(start, sound.model, outcome)).toEqual([]);
  expect(await brokenRecovery(outcome.disk)).toEqual([]);
  return outcome;
}

/** A kind of step of a write transaction. */
const atWrite = (kind: Step['kind'], times: number, name: string): Rule => {
  let left = times;
  let writes = false;
  return (step) => {
    if (step.kind === 'transaction') writes = step.method === 'readwrite';
    if (!writes || step.kind !== kind || left === 0) return undefined;
    left -= 1;
    return { kind: 'error', name };
  };
};

describe('the errors that browsers really give', () => {
  test.each(OPERATIONS)(
    '[F01] [F02] [F03] [X03] $name survives a connection that dies at any step',
    async (subject) => {
      const sound = await undisturbed(start, subject);
      for (let n = sound.from; n < sound.from + sound.points; n += 1) {
        const outcome = await prove(subject, connectionDiesAt(n));
        expect([outcome.trace[n - 1], outcome.ending]).toMatchObject([
          outcome.trace[n - 1],
          { kind: 'resolved', value: { kind: 'committed' } },
        ]);
      }
    },
  );

  test.each([
    'UnknownError',
    'AbortError',
    'TimeoutError',
    'DataError',
    'QuotaExceededError',
    'InvalidStateError',
  ])(
    '[I1] [I2] [I13] %s once or for ever, at every step of every operation',
    async (name) => {
      for (const subject of OPERATIONS) {
        const sound = await undisturbed(start, subject);
        for (const kind of ['E1', 'E∞'] as const) {
          for (let n = sound.from; n < sound.from + sound.points; n += 1) {
            const outcome = await runUnder(start, subject, faultAt(n, kind, name));
            const point = `${subject.name}: ${kind} ${name} at ${outcome.trace[n - 1]}`;
            expect([point, ...broken(start, sound.model, outcome)]).toEqual([point]);
          }
        }
      }
    },
    120_000,
  );

  test('[F13] an abort without a cause is tried again, with the same id, and lands once', async () => {
    const { ending, disk, trace } = await prove(operation('save'), atWrite('commit', 1, 'AbortError'));
    expect(ending).toMatchObject({ value: { kind: 'committed', seq: 2 } });
    expect(trace.filter((line) => line.includes('log.add') && line.includes(' issue ')).length).toBe(2);
    expect(disk.database.log?.length).toBe(2);
  });

  test('[F34] a permanent error ends after a few tries: no storm', async () => {
    const { ending, trace } = await prove(
      operation('save'),
      atWrite('commit', Number.POSITIVE_INFINITY, 'AbortError'),
    );
    expect(ending).toMatchObject({ value: { kind: 'failed', class: 'transient' } });
    expect(trace.filter((line) => line.includes(' commit ')).length).toBeLessThan(10);
  });

  test('[F02] the answer is lost after it landed: it is looked up, and not done twice', async () => {
    const { ending, disk } = await prove(operation('save'), atWrite('complete', 1, 'UnknownError'));
    expect(ending).toMatchObject({ value: { kind: 'committed', seq: 2 } });
    expect(disk.database.log?.length).toBe(2);
  });

  test('[F18] storage that is gone for good is never called saved, and the page is told', async () => {
    const gone = (step: Step) => step.kind === 'open' || step.kind === 'transaction' || step.kind === 'issue';
    const { ending } = await prove(operation('save'), (step) =>
      gone(step) ? { kind: 'error', name: 'UnknownError' } : undefined,
    );
    expect(ending.kind === 'resolved' && ending.value.kind).toMatch(/failed|unsure/);
  });
});

describe('a write that does not fit', () => {
  const shapes: QuotaShape[] = ['request', 'abort', 'data-error'];

  test.each(shapes.flatMap((shape) => OPERATIONS.map((subject) => ({ shape, subject, name: subject.name }))))(
    '[I14] [F19] [F23] [F27] $name on a disk that says so as $shape: full, and nothing has changed',
    async ({ shape, subject }) => {
      const before = start.disk.database;
      const { ending, disk } = await prove(subject, diskFull(shape));
      expect(ending).toEqual({ kind: 'resolved', value: { kind: 'full' } });
      expect(disk.database).toEqual(before);
    },
  );

  test('[I14] [F26] a disk so full that not even removing works: full, and nothing has changed', async () => {
    const { ending, disk } = await prove(operation('clear'), diskFull('request', { deletes: true }));
    expect(ending).toEqual({ kind: 'resolved', value: { kind: 'full' } });
    expect(disk.database).toEqual(start.disk.database);
  });

  test('[I14] [F28] a full localStorage costs the witness, never the save', async () => {
    const full: Rule = (step) =>
      step.kind === 'storage' && step.method === 'setItem'
        ? { kind: 'error', name: 'QuotaExceededError' }
        : undefined;
    const { ending } = await prove(operation('save'), full);
    expect(ending).toMatchObject({ value: { kind: 'committed' } });
    // And whoever shows the data is told of it.
    const there = await visit(await World.on(start.disk));
    there.world.steps.rule = full;
    let told = 0;
    there.page.vault.subscribe(() => {
      told += 1;
    });
    await there.world.settle(operation('save').run(there.page), there.tab);
    expect(told).toBe(1);
  });

  test('[I14] [F24] once there is room again, the same page saves', async () => {
    const there = await visit(await World.on(start.disk));
    const save = operation('save');
    there.world.steps.rule = diskFull('abort');
    expect(await there.world.settle(save.run(there.page), there.tab)).toMatchObject({
      value: { kind: 'full' },
    });
    there.world.steps.rule = undefined;
    expect(await there.world.settle(save.run(there.page), there.tab)).toMatchObject({
      value: { kind: 'committed' },
    });
    expect(foundOn(await pull(there))).toEqual({ model: save.apply(start.model), problems: [] });
  });
});

describe('what the disk forgets', () => {
  test.each(OPERATIONS)(
    '[I1] [F20] [F33] a power cut right after $name was acknowledged takes nothing',
    async (subject) => {
      const there = await visit(await World.on(start.disk));
      const { steps } = there.world;
      expect(await there.world.settle(subject.run(there.page), there.tab)).toMatchObject({
        value: { kind: 'committed' },
      });
      expect(steps.journal.map(({ durability }) => durability)).toEqual(steps.journal.map(() => 'strict'));
      expect(steps.journal.length).toBeGreaterThan(0);
    },
  );

  test('[I1] [F33] after a power cut the newest acknowledged save is what loads', async () => {
    const first = await visit(new World());
    const save = operation('save');
    let model = new Map<string, never>() as Start['model'];
    for (let turn = 0; turn < 3; turn += 1) {
      await first.world.settle(save.run(first.page), first.tab);
      model = save.apply(model);
    }
    await first.world.losePower([first.tab]);
    expect(foundOn(await first.world.disk())).toEqual({ model, problems: [] });
  });
});

describe('what cannot be read', () => {
  test('[I13] a load that is refused everywhere ends unavailable, with the bytes as they were', async () => {
    const world = await World.on(start.disk);
    const refuses = (step: Step): ReturnType<Rule> =>
      step.kind === 'issue' ? { kind: 'error', name: 'DataError' } : undefined;
    world.steps.rule = refuses;
    const there = world.tab();
    const page = new Page(there);
    expect(await world.settle(page.load(), there)).toMatchObject({
      value: { kind: 'deferred', finding: { code: 'unreadable' } },
    });
    expect(() => page.vault).toThrow();
    expect((await world.disk()).database).toEqual(start.disk.database);
  });
});

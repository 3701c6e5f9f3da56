import { describe, expect, it } from 'vitest';
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createMachine,
  fromPromise,
  SimulatedClock,
  setup,
} from 'xstate';
import { done, failed, type Model, type World } from '../paths/kit/model.ts';
import { transitionPaths } from '../paths/kit/paths.ts';
import { structureFaults } from '../paths/kit/structure.ts';
import { declaredTransitions } from '../paths/kit/transitions.ts';
import { walk } from '../paths/kit/walk.ts';

interface ToyWorld extends World {
  stored: string;
  answer: () => Promise<unknown>;
}

function toyWorld(): ToyWorld {
  return {
    clock: new SimulatedClock(),
    stored: 'as it was',
    answer: async () => 'sound',
    async dump() {
      return this.stored;
    },
    silence() {
      this.answer = () => new Promise(() => {});
    },
    isHanging: () => false,
    async close() {},
  };
}

/** Every service ends: without a deadline the kit says that its state waits for ever. */
function orDeadline(world: World, answer: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    world.clock.setTimeout(() => reject(new Error('late')), 5_000);
    answer.then(resolve, reject);
  });
}

const lost = Object.assign(new Error('gone'), { class: 'connection' });

/** Reads once, then rests or asks. Tests change one part of it and see the kit notice. */
function toyMachine(states: object = {}, on: object = {}): AnyStateMachine {
  return setup({
    actors: { readAll: fromPromise<unknown>(() => Promise.reject(new Error('`readAll` was not provided'))) },
    guards: { never: () => false },
    delays: { pause: 1_000, aeon: 900_000 },
  }).createMachine({
    id: 'toy',
    context: { finding: null },
    initial: 'reading',
    states: {
      reading: {
        tags: 'busy',
        description: 'Reads.',
        invoke: { id: 'readAll', src: 'readAll', onDone: 'ready', onError: 'backingOff' },
      },
      backingOff: { tags: 'busy', description: 'Pauses.', after: { pause: 'reading' } },
      ready: { tags: 'resting', description: 'Ready.', on: { AGAIN: 'reading', ...on } },
      ...states,
    },
  } as never) as unknown as AnyStateMachine;
}

function toyModel(changes: Partial<Model<ToyWorld>> = {}): Model<ToyWorld> {
  return {
    machine: toyMachine(),
    starts: [{ label: 'start', input: undefined }],
    outcomes: [
      {
        label: 'read',
        event: done('readAll', 'sound'),
        arrange: (world) => {
          world.answer = async () => 'sound';
        },
      },
      {
        label: 'read fails',
        event: failed('readAll', lost),
        arrange: (world) => {
          world.answer = () => Promise.reject(lost);
        },
      },
    ],
    project: () => null,
    world: async () => toyWorld(),
    services: (world) => ({ readAll: () => orDeadline(world, world.answer()) }),
    writers: [],
    promises: [],
    ...changes,
  };
}

async function walkAll(model: Model<ToyWorld>): Promise<string[]> {
  const taken = new Set<string>();
  for (const path of transitionPaths(model)) await walk(model, path, taken);
  return declaredTransitions(model.machine).filter((name) => !taken.has(name));
}

describe('The path kit', () => {
  it('walks every edge of a sound machine', async () => {
    expect(transitionPaths(toyModel()).map(({ name }) => name)).toEqual([
      'start → read → AGAIN',
      'start → read fails → after pause',
    ]);
    expect(await walkAll(toyModel())).toEqual([]);
  });

  it('explores a new payload-free event without a change in any test', () => {
    const machine = toyMachine({}, { NEW: 'backingOff' });
    expect(transitionPaths(toyModel({ machine })).map(({ name }) => name)).toContain('start → read → NEW');
  });

  it('names a transition that no path can take', async () => {
    const machine = toyMachine({}, { AGAIN: [{ target: 'reading' }, { target: 'backingOff' }] });
    expect(await walkAll(toyModel({ machine }))).toEqual(['toy.ready — AGAIN#1 → toy.backingOff']);
    const guarded = toyMachine({}, { LEAVE: { guard: 'never', target: 'backingOff' } });
    expect(await walkAll(toyModel({ machine: guarded }))).toEqual([
      'toy.ready — LEAVE#0 [never] → toy.backingOff',
    ]);
  });

  it('fails for a service of which no outcome tells', () => {
    expect(() => transitionPaths(toyModel({ outcomes: [] }))).toThrow(
      'No outcome says how `readAll` turns out',
    );
    const [read] = toyModel().outcomes;
    expect(() => transitionPaths(toyModel({ outcomes: read ? [read] : [] }))).toThrow(
      'No outcome says how `readAll` fails',
    );
  });

  it('fails when a fixture differs from what the service really gives', async () => {
    const services = () => ({ readAll: async () => 'something else' });
    await expect(walkAll(toyModel({ services }))).rejects.toThrow('the output that came');
    const failing = () => ({ readAll: () => Promise.reject(lost) });
    await expect(walkAll(toyModel({ services: failing }))).rejects.toThrow('the event that came');
  });

  it('compares errors by name and class', async () => {
    const other = Object.assign(new Error('gone'), { class: 'capacity' });
    const services = (world: ToyWorld) => ({
      readAll: () => orDeadline(world, world.answer()).catch(() => Promise.reject(other)),
    });
    await expect(walkAll(toyModel({ services }))).rejects.toThrow('the error that came');
  });

  it('fails on two pace tags, and on none', async () => {
    const two = toyMachine({ ready: { tags: ['resting', 'busy'], on: { AGAIN: 'reading' } } });
    await expect(walkAll(toyModel({ machine: two }))).rejects.toThrow(
      '"ready" has 2 pace tags (busy, resting)',
    );
    const none = toyMachine({ ready: { on: { AGAIN: 'reading' } } });
    await expect(walkAll(toyModel({ machine: none }))).rejects.toThrow('"ready" has 0 pace tags');
  });

  it('fails on a pace that is not kept', async () => {
    const idle = toyMachine({ ready: { tags: 'busy', on: { AGAIN: 'reading' } } });
    await expect(walkAll(toyModel({ machine: idle }))).rejects.toThrow('is busy, and nothing is at work');
    const stuck = toyMachine({ ready: { tags: 'resting' } });
    await expect(walkAll(toyModel({ machine: stuck }))).rejects.toThrow('rests for ever');
    const pending = toyMachine({
      ready: { tags: 'resting', after: { pause: 'reading' }, on: { AGAIN: 'reading' } },
    });
    await expect(walkAll(toyModel({ machine: pending }))).rejects.toThrow('rests, and something pends');
    const alone = toyMachine({ ready: { tags: 'delegating', on: { AGAIN: 'reading' } } });
    await expect(walkAll(toyModel({ machine: alone }))).rejects.toThrow('delegates to 0 child machines');
  });

  it('fails when a person is asked without a finding, without a way out, or without a promise', async () => {
    const asks = toyMachine({ ready: { tags: ['needs-user'], on: { AGAIN: 'reading' } } });
    await expect(walkAll(toyModel({ machine: asks }))).rejects.toThrow('asks a person without a finding');
    const trapped = createMachine({
      id: 'toy',
      context: { finding: { code: 'damaged' } },
      initial: 'stuck',
      states: { stuck: { tags: ['needs-user', 'blocking'], on: { AGAIN: 'stuck' } } },
    });
    await expect(walkAll(toyModel({ machine: trapped }))).rejects.toThrow('blocks without a way out');
    const free = createMachine({
      id: 'toy',
      context: { finding: { code: 'damaged' } },
      initial: 'asking',
      states: { asking: { tags: ['needs-user'], on: { DEFER: 'asking' } } },
    });
    await expect(walkAll(toyModel({ machine: free }))).rejects.toThrow('no row of the promises');
    const row = { in: 'asking', can: ['RESTORE'] };
    await expect(walkAll(toyModel({ machine: free, promises: [row] }))).rejects.toThrow('must offer RESTORE');
    const lying = { in: 'asking', can: ['DEFER'], tells: () => false };
    await expect(walkAll(toyModel({ machine: free, promises: [lying] }))).rejects.toThrow('does not tell');
    const cannot = { in: 'asking', can: [], cannot: ['DEFER'] };
    await expect(walkAll(toyModel({ machine: free, promises: [cannot] }))).rejects.toThrow(
      'must not offer DEFER',
    );
  });

  it('fails when bytes change and nothing that may write was at work', async () => {
    const services = (world: ToyWorld) => ({
      readAll: () => {
        world.stored = 'changed';
        return world.answer();
      },
    });
    await expect(walkAll(toyModel({ services }))).rejects.toThrow('"read" changed stored bytes');
    const writes = toyMachine({
      ready: { tags: ['resting', 'nothing-changed'], on: { AGAIN: 'reading' } },
    });
    await expect(walkAll(toyModel({ machine: writes, services, writers: ['readAll'] }))).rejects.toThrow(
      'says "nothing changed"',
    );
  });

  it('fails when a state waits for ever', async () => {
    const aeon = toyMachine({
      backingOff: { tags: 'busy', description: 'Waits.', after: { aeon: 'ready' } },
    });
    const onlyFailing = toyModel().outcomes.map((outcome) => ({
      ...outcome,
      when: (snapshot: AnyMachineSnapshot) => outcome.label === 'read fails' && snapshot.matches('reading'),
    }));
    const impatient = toyModel({ machine: aeon, outcomes: onlyFailing, project: () => null });
    const [path] = transitionPaths(impatient);
    const untilPause = path && { ...path, steps: path.steps.slice(0, 1) };
    await expect(untilPause && walk(impatient, untilPause, new Set())).rejects.toThrow('waits for ever');

    const services = (world: ToyWorld) => ({ readAll: () => world.answer() });
    await expect(walkAll(toyModel({ services }))).rejects.toThrow('"reading" waits for ever');
  });

  it('fails when the machine goes another way than predicted', async () => {
    let calls = 0;
    const flaky = setup({
      // Impure on purpose: the graph is made with the first answer, the walk sees the second.
      guards: { once: () => calls++ === 0 },
    }).createMachine({
      id: 'toy',
      initial: 'here',
      states: {
        here: { tags: 'resting', on: { GO: [{ guard: 'once', target: 'there' }, { target: 'away' }] } },
        there: { type: 'final' },
        away: { type: 'final' },
      },
    });
    await expect(walkAll(toyModel({ machine: flaky }))).rejects.toThrow('where the machine is');
  });

  it('fails when an identity without an end makes the graph endless', () => {
    const counting = createMachine({
      id: 'toy',
      context: { count: 0 },
      initial: 'here',
      states: { here: { tags: 'resting', on: { GO: { target: 'here' } } } },
    });
    let count = 0;
    expect(() => transitionPaths(toyModel({ machine: counting, project: () => count++ }))).toThrow(
      'Traversal limit exceeded',
    );
  });

  it('names an invoke without onError, a foreign id, a final state without output, and missing words', () => {
    const machine = createMachine({
      id: 'toy',
      initial: 'reading',
      states: {
        reading: { invoke: { id: 'other', src: 'readAll', onDone: 'end' } },
        asking: { tags: 'needs-user', description: 'Asks.' },
        end: { type: 'final' },
      },
    });
    expect(structureFaults(machine)).toEqual([
      'toy.reading: the invoke of `readAll` has the id `other`',
      'toy.reading: `readAll` has no onError',
      'toy.reading: waits, without a description',
      'toy.asking: asks, without meta.title',
      'toy.end: final, without output',
    ]);
  });
});

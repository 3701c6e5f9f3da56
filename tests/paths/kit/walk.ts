import { expect } from 'vitest';
import {
  type Actor,
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
} from 'xstate';
import { createGate, type Gate } from './gate.ts';
import { checkSnapshot, isWritingStep } from './invariants.ts';
import { delayOf, type Model, serviceOf, type World } from './model.ts';
import { identify, type Path, type Step } from './paths.ts';
import { checkPromises } from './promises.ts';
import { recordTransitions } from './transitions.ts';

/** Real time that a real service may take; generous, because CI is slow. */
const PATIENCE_MS = 10_000;
/** No state waits longer than this for anything but a person (I13). */
const LONGEST_WAIT_MS = 60_000;
const STEP_MS = 250;

interface Happened {
  event: AnyEventObject;
  snapshot: AnyMachineSnapshot;
}

/** Drives one path with the real machine, the real services and the real storage, and checks every step. */
export async function walk<TWorld extends World>(
  model: Model<TWorld>,
  path: Path<TWorld>,
  taken: Set<string>,
): Promise<void> {
  const world = await model.world();
  const gate = createGate(model.services(world));
  await path.start.arrange?.(world);
  const happened: Happened[] = [];
  const record = recordTransitions(taken);
  const actor: Actor<AnyStateMachine> = createActor(model.machine.provide({ actors: gate.actors }), {
    input: path.start.input,
    clock: world.clock,
    inspect(inspected) {
      if ((inspected.actorRef as AnyActorRef).sessionId !== inspected.rootId) return;
      record(inspected);
      if (inspected.type !== '@xstate.snapshot') return;
      happened.push({ event: inspected.event, snapshot: inspected.snapshot as AnyMachineSnapshot });
    },
  });
  // Without an observer an unhandled error of a child would reach the global reporter.
  actor.subscribe({ error() {} });
  try {
    actor.start();
    happened.length = 0;
    checkNode(model, actor, path.initial);
    let changed = false;
    for (const step of path.steps) {
      await step.outcome?.arrange?.(world, actor.getSnapshot());
      const before = await world.dump();
      const { event, snapshot } = await take(model, { world, gate, actor, happened }, step);
      compareEvents(event, step);
      const isSilent = (await world.dump()) === before;
      if (!isSilent && !isWritingStep(model, step)) {
        throw new Error(`"${step.label}" changed stored bytes, and nothing that may write was at work`);
      }
      // A flow begins with the machine, and anew where a person asks for it again.
      changed = !isSilent || (changed && !['RETRY', 'CHOOSE_ANOTHER'].includes(step.event.type));
      if (changed && snapshot.hasTag('nothing-changed')) {
        throw new Error(`"${step.label}" leads to a state that says "nothing changed", and bytes did change`);
      }
      checkNode(model, actor, step.snapshot);
    }
    await model.atEnd?.(world, actor.getSnapshot());
    await checkEnd({ world, gate, actor, happened });
  } finally {
    actor.stop();
    await world.close();
  }
}

interface Run<TWorld extends World> {
  world: TWorld;
  gate: Gate;
  actor: Actor<AnyStateMachine>;
  happened: Happened[];
}

async function take<TWorld extends World>(
  model: Model<TWorld>,
  { world, gate, actor, happened }: Run<TWorld>,
  { event, outcome }: Step<TWorld>,
): Promise<Happened> {
  const service = serviceOf(event.type);
  const after = delayOf(event.type);
  if (service) {
    gate.open(service);
    return until(world, outcome?.elapses ?? false, () => happened.shift());
  }
  if (after) {
    if (outcome?.under) {
      gate.open(outcome.under);
      await until(world, false, () => world.isHanging() || undefined);
    }
    world.clock.increment(delayMs(model.machine, after.delay, actor.getSnapshot()));
  } else if (outcome?.perform) {
    await outcome.perform(world);
  } else {
    actor.send(event);
  }
  return until(world, false, () => happened.shift());
}

/** Waits for something in real time and, where the step says so, lets simulated time pass meanwhile. */
async function until<T>(world: World, elapses: boolean, look: () => T | undefined): Promise<T> {
  const limit = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > limit) throw new Error('What the path predicts did not happen');
    await aTask();
    if (elapses) world.clock.increment(STEP_MS);
  }
}

function aTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function delayMs(machine: AnyStateMachine, delay: string, snapshot: AnyMachineSnapshot): number {
  const declared = machine.implementations.delays[delay];
  const ms =
    typeof declared === 'function' ? declared({ context: snapshot.context } as never, undefined) : declared;
  if (typeof ms !== 'number') throw new Error(`\`${delay}\` is no delay of ${machine.id}`);
  return ms;
}

/** The real event has the predicted type, and really the payload of the model: a fixture cannot lie. */
function compareEvents<TWorld extends World>(real: AnyEventObject, { event, outcome }: Step<TWorld>): void {
  expect(real.type, 'the event that came').toBe(event.type);
  if (event.type.startsWith('xstate.error')) {
    expect(traitsOf(real.error), 'the error that came').toEqual(traitsOf(event.error));
  } else if (event.type.startsWith('xstate.done')) {
    const trait = (outcome?.trait ?? ((payload: unknown) => payload)) as (payload: unknown) => unknown;
    expect(trait(real.output), 'the output that came').toEqual(trait(event.output));
  }
}

function traitsOf(error: unknown): unknown {
  const {
    name,
    class: errorClass,
    platformName,
  } = error as Error & { class?: unknown; platformName?: unknown };
  return { name, class: errorClass, platformName };
}

function checkNode<TWorld extends World>(
  model: Model<TWorld>,
  actor: Actor<AnyStateMachine>,
  predicted: AnyMachineSnapshot,
): void {
  const snapshot = actor.getSnapshot();
  expect(identify(model, snapshot), 'where the machine is').toBe(identify(model, predicted));
  checkSnapshot(model, snapshot);
  checkPromises(model, snapshot);
}

/** At the end of a path: an unknown event throws nothing, and nobody waits for ever, though nothing answers any more. */
async function checkEnd<TWorld extends World>({ world, gate, actor, happened }: Run<TWorld>): Promise<void> {
  const { value, status } = actor.getSnapshot();
  if (status !== 'active') return;
  actor.send({ type: 'nobody.expectsThis' });
  expect(actor.getSnapshot().value, 'after an event that nobody expects').toEqual(value);
  happened.length = 0;
  if (!actor.getSnapshot().hasTag('busy')) return;
  world.silence();
  gate.openAll();
  for (let passedMs = 0; passedMs < LONGEST_WAIT_MS && happened.length === 0; passedMs += 1_000) {
    await aTask();
    world.clock.increment(1_000);
  }
  await aTask();
  if (happened.length === 0) throw new Error(`${JSON.stringify(value)} waits for ever when nothing answers`);
}

import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  __unsafe_getAllOwnEventDescriptors as ownEventDescriptors,
} from 'xstate';
import { getAdjacencyMap } from './graph.ts';
import { type Model, type Outcome, type Start, serviceOf, type World } from './model.ts';
import { eventLabel } from './transitions.ts';

/** A counter in the identity plus a loop is an infinite graph: fail, do not hang. */
const NODE_LIMIT = 5_000;

export interface Step<TWorld extends World> {
  label: string;
  event: AnyEventObject;
  outcome: Outcome<TWorld> | undefined;
  /** Predicted, after the event. */
  snapshot: AnyMachineSnapshot;
}

export interface Path<TWorld extends World> {
  /** Reads as a story, and is the title of its test. */
  name: string;
  start: Start<TWorld>;
  initial: AnyMachineSnapshot;
  steps: readonly Step<TWorld>[];
}

interface Node {
  state: AnyMachineSnapshot;
  transitions: Readonly<Record<string, { event: AnyEventObject; state: AnyMachineSnapshot }>>;
}
type Adjacency = Readonly<Record<string, Node>>;

/** State value plus what the model says guards read. */
export function identify<TWorld extends World>(model: Model<TWorld>, snapshot: AnyMachineSnapshot): string {
  return JSON.stringify([snapshot.value, snapshot.status, model.project(snapshot)]);
}

/** The shortest path to every edge of the graph, minus paths that are the beginning of others. */
export function transitionPaths<TWorld extends World>(model: Model<TWorld>): Path<TWorld>[] {
  return model.starts.flatMap((start) => pathsFrom(model, start));
}

function pathsFrom<TWorld extends World>(model: Model<TWorld>, start: Start<TWorld>): Path<TWorld>[] {
  const told = new WeakMap<AnyEventObject, Outcome<TWorld>>();
  const labelOf = (event: AnyEventObject) => told.get(event)?.label ?? eventLabel(event.type);
  const adjacency = getAdjacencyMap(model.machine, {
    input: start.input,
    limit: NODE_LIMIT,
    events: (snapshot: AnyMachineSnapshot) => possibleEvents(model, snapshot, told),
    serializeState: (snapshot: AnyMachineSnapshot) => identify(model, snapshot) as never,
    serializeEvent: (event: AnyEventObject) => `${event.type} ${labelOf(event)}` as never,
  }) as unknown as Adjacency;

  // Entries come in breadth-first order, so the first way found to a node is a shortest one.
  const nodes = Object.entries(adjacency);
  const [first] = nodes;
  if (!first) return [];
  const initial = first[1].state;
  const ways = new Map<string, readonly Step<TWorld>[]>([[first[0], []]]);
  const paths: Path<TWorld>[] = [];
  for (const [key, { transitions }] of nodes) {
    for (const { event, state: snapshot } of Object.values(transitions)) {
      const step = { label: labelOf(event), event, outcome: told.get(event), snapshot };
      const steps = [...(ways.get(key) ?? []), step];
      const target = identify(model, snapshot);
      const isNew = !ways.has(target);
      if (isNew) ways.set(target, steps);
      const isBeginningOfAnother = isNew && Object.keys(adjacency[target]?.transitions ?? {}).length > 0;
      if (isBeginningOfAnother) continue;
      const name = [start.label, ...steps.map(({ label }) => label)].join(' → ');
      paths.push({ name, start, initial, steps });
    }
  }
  return paths;
}

/** What can happen next: outcomes of the model, and payload-free events and delays by themselves. */
function possibleEvents<TWorld extends World>(
  { outcomes }: Model<TWorld>,
  snapshot: AnyMachineSnapshot,
  told: WeakMap<AnyEventObject, Outcome<TWorld>>,
): AnyEventObject[] {
  if (snapshot.status !== 'active') return [];
  return ownEventDescriptors(snapshot).flatMap((type: string): AnyEventObject[] => {
    if (type === '' || type.startsWith('xstate.snapshot.') || type.startsWith('xstate.done.state.'))
      return [];
    const events = outcomes.map((outcome) => ({ outcome, event: eventOf(outcome, snapshot) }));
    const known = events.filter(({ event }) => event.type === type);
    if (known.length === 0) {
      const service = serviceOf(type);
      if (service) {
        const how = type.startsWith('xstate.done') ? 'turns out' : 'fails';
        throw new Error(`No outcome says how \`${service}\` ${how}`);
      }
      if (type.includes('*')) throw new Error(`No outcome gives a concrete event for \`${type}\``);
      return [{ type }];
    }
    return known
      .filter(({ outcome }) => outcome.when?.(snapshot) ?? true)
      .map(({ outcome, event }) => {
        // Its own object for every node: the label is found again by identity.
        const own = { ...event };
        told.set(own, outcome);
        return own;
      });
  });
}

function eventOf<TWorld extends World>(
  { event }: Outcome<TWorld>,
  snapshot: AnyMachineSnapshot,
): AnyEventObject {
  return typeof event === 'function' ? event(snapshot) : event;
}

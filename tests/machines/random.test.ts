import { describe, expect, it } from 'vitest';
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  initialTransition,
  __unsafe_getAllOwnEventDescriptors as ownEventDescriptors,
  type StateNode,
  transition,
} from 'xstate';
import { bootModel } from '../paths/boot.model.ts';
import { commitModel } from '../paths/commit.model.ts';
import { conflictsModel } from '../paths/conflicts.model.ts';
import { exportModel } from '../paths/export.model.ts';
import { importModel } from '../paths/import.model.ts';
import { intakeModel } from '../paths/intake.model.ts';
import { getStateNodes } from '../paths/kit/graph.ts';
import { type Model, serviceOf } from '../paths/kit/model.ts';
import { loadModel } from '../paths/load.model.ts';
import { migrationModel } from '../paths/migration.model.ts';
import { persistenceModel } from '../paths/persistence.model.ts';
import { recoveryModel } from '../paths/recovery.model.ts';
import { saveModel } from '../paths/save.model.ts';
import { undoModel } from '../paths/undo.model.ts';
import { seededRandom } from '../support/environment.ts';

// biome-ignore lint/suspicious/noExplicitAny: models of worlds of all kinds
type AnyModel = Model<any>;
// biome-ignore lint/suspicious/noExplicitAny: a node of any machine
type AnyNode = StateNode<any, any>;

const models = [
  bootModel,
  commitModel,
  conflictsModel,
  exportModel,
  importModel,
  intakeModel,
  loadModel,
  migrationModel,
  persistenceModel,
  recoveryModel,
  saveModel,
  undoModel,
] as readonly unknown[] as readonly AnyModel[];

/** 100,000 are taken by `EVENTS=100000`. */
const EVENTS = Number(process.env.EVENTS ?? 4_000);
const SEED = Number(process.env.SEED ?? 20_261_126);

/** Every event that a model knows, whether the state waits for it or not; of services what can be their answer now. */
function eventsOf({ outcomes, machine }: AnyModel, snapshot: AnyMachineSnapshot): AnyEventObject[] {
  const known = outcomes.flatMap(({ event, when }): AnyEventObject[] => {
    const made = () => (typeof event === 'function' ? event(snapshot) : event);
    const service = typeof event === 'function' ? undefined : serviceOf(event.type);
    if (typeof event === 'function' || service) {
      const isAtWork = Object.keys(snapshot.children).some((id) => made().type.endsWith(`.actor.${id}`));
      if (!isAtWork || !(when?.(snapshot) ?? true)) return [];
      // What a model works out for its own paths it may not know for any others.
      const answer = made();
      return typeof event === 'function' && answer.output === undefined ? [] : [answer];
    }
    return [event];
  });
  const told = new Set(known.map(({ type }) => type));
  const plain = machine.events.filter((type) => !type.startsWith('xstate.') && !told.has(type));
  const delays = ownEventDescriptors(snapshot).filter((type) => type.startsWith('xstate.after.'));
  return [...known, ...[...plain, ...delays].map((type) => ({ type })), { type: 'nobody.expectsThis' }];
}

describe('[I23] a machine', () => {
  it.each(models.map((model) => [model.machine.id, model] as const))(
    '%s takes random events, in any order, without breaking',
    (_, model) => {
      const random = seededRandom(SEED);
      const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
      const begin = () => initialTransition(model.machine, pick(model.starts).input)[0] as AnyMachineSnapshot;
      let snapshot: AnyMachineSnapshot = begin();
      let taken = 0;
      for (let count = 0; count < EVENTS; count += 1) {
        if (snapshot.status !== 'active') snapshot = begin();
        const event = pick(eventsOf(model, snapshot));
        const [next] = transition(model.machine, snapshot, event) as [AnyMachineSnapshot, unknown];
        expect(next.status, `after ${event.type} in ${JSON.stringify(snapshot.value)}`).not.toBe('error');
        if (next !== snapshot) taken += 1;
        snapshot = next;
      }
      expect(taken, 'events that moved it').toBeGreaterThan(EVENTS / 50);
    },
  );

  it.each(models.map((model) => [model.machine.id, model] as const))(
    '%s has a way from every state to one where someone can act, or to its end',
    (_, { machine }) => {
      const nodes: AnyNode[] = getStateNodes(machine).filter(({ type }) => type !== 'compound');
      const isActionable = (node: AnyNode) =>
        node.type === 'final' || tagsOf(node).some((tag) => tag === 'needs-user' || tag === 'resting');
      const leads = new Set(nodes.filter(isActionable));
      for (let before = -1; before !== leads.size; ) {
        before = leads.size;
        for (const node of nodes) if (targetsOf(node).some((target) => leads.has(target))) leads.add(node);
      }
      expect(nodes.filter((node) => !leads.has(node)).map(({ id }) => id)).toEqual([]);
    },
  );
});

function tagsOf(node: AnyNode): readonly string[] {
  return node.parent ? [...node.tags, ...tagsOf(node.parent)] : node.tags;
}

/** Where a state leads, its parents' transitions included; of a compound state, where it begins. */
function targetsOf(node: AnyNode): AnyNode[] {
  const own = [...[...node.transitions.values()].flat(), ...(node.always ?? [])].flatMap(
    ({ target }) => target ?? [],
  );
  const leaves = own.map((target) => {
    let leaf: AnyNode = target as AnyNode;
    while (leaf.type === 'compound') leaf = leaf.initial.target[0] as AnyNode;
    return leaf;
  });
  return node.parent ? [...leaves, ...targetsOf(node.parent)] : leaves;
}

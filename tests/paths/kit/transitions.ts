import type { AnyStateMachine, AnyTransitionDefinition, InspectionEvent, StateNode } from 'xstate';
import { getStateNodes } from './graph.ts';
import { delayOf, serviceOf } from './model.ts';

// biome-ignore lint/suspicious/noExplicitAny: a node of any machine
type AnyNode = StateNode<any, any>;

/** `writeCommit ✓`, `writeCommit ✗`, `after writeDeadline`, `always`, or the event itself. */
export function eventLabel(type: string): string {
  const service = serviceOf(type);
  if (service) return `${service} ${type.startsWith('xstate.done') ? '✓' : '✗'}`;
  const after = delayOf(type);
  if (after) return `after ${after.delay}`;
  return type === '' ? 'always' : type;
}

function guardLabel(guard: AnyTransitionDefinition['guard']): string {
  if (guard === undefined) return '';
  if (typeof guard === 'string') return ` [${guard}]`;
  return 'type' in guard ? ` [${guard.type}]` : ' [inline]';
}

function siblings(node: AnyNode, type: string): readonly AnyTransitionDefinition[] {
  return (type === '' ? node.always : node.transitions.get(type)) ?? [];
}

/** `commit.writing — writeCommit ✓#0 [isCommitted] → commit.committed`: survives `.provide()`, unlike identity. */
function nameTransition(transition: AnyTransitionDefinition): string {
  const { source, eventType, guard, target } = transition;
  const index = siblings(source, eventType).indexOf(transition);
  const to = target?.map((node) => node.id).join(', ') ?? 'itself';
  return `${source.id} — ${eventLabel(eventType)}#${index}${guardLabel(guard)} → ${to}`;
}

/** Every transition of every state node, `always` included. */
export function allTransitions(machine: AnyStateMachine): AnyTransitionDefinition[] {
  return [machine.root, ...getStateNodes(machine)].flatMap((node) => [
    ...(node.always ?? []),
    ...[...node.transitions.values()].flat(),
  ]);
}

/** The names of every declared transition. */
export function declaredTransitions(machine: AnyStateMachine): string[] {
  return [...new Set(allTransitions(machine).map(nameTransition))];
}

/** Adds to `taken` what a real actor takes; for `createActor(machine, { inspect })`. */
export function recordTransitions(taken: Set<string>) {
  return (inspected: InspectionEvent): void => {
    if (inspected.type !== '@xstate.microstep') return;
    // Private by underscore, declared in the types; read here and nowhere else.
    for (const transition of inspected._transitions) {
      if (siblings(transition.source, transition.eventType).includes(transition)) {
        taken.add(nameTransition(transition));
      }
    }
  };
}

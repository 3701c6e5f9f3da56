import type { AnyMachineSnapshot, StateNode } from 'xstate';
import type { PaceTag, Tag } from '../../../machines/types.ts';
import { statusOf } from '../../../src/client/statusOf.ts';
import { type Model, serviceOf, type World } from './model.ts';
import type { Step } from './paths.ts';

const PACES: readonly PaceTag[] = ['busy', 'needs-user', 'resting', 'delegating'];
const WAYS_OUT = ['DEFER', 'BACK', 'CANCEL', 'CLOSE'];

/** What must hold on every node of every machine (machines.md 2 and 4.5). Throws what does not. */
export function checkSnapshot<TWorld extends World>(
  model: Model<TWorld>,
  snapshot: AnyMachineSnapshot,
): void {
  if (snapshot.status !== 'active') {
    if (snapshot.status === 'error') throw new Error('The machine broke: an error found no `onError`');
    return;
  }
  const where = JSON.stringify(snapshot.value);
  const fail = (what: string): never => {
    throw new Error(`${where} ${what}`);
  };
  const tags = [...snapshot.tags];
  const paces = PACES.filter((pace) => tags.includes(pace));
  if (paces.length !== 1) fail(`has ${paces.length} pace tags (${paces.join(', ')}); exactly one is needed`);

  const { tone } = statusOf([snapshot.tags as ReadonlySet<Tag>], 'ok');
  if (tone === 'green' && tags.includes('unsaved')) fail('shows green, and something is unsaved');

  const invoked = Object.keys(snapshot.children);
  const children = invoked.filter((id) => model.children?.includes(id));
  const delays = delaysOf(snapshot);
  switch (paces[0]) {
    case 'busy':
      if (invoked.length + delays === 0) fail('is busy, and nothing is at work');
      break;
    case 'delegating':
      if (children.length !== 1) fail(`delegates to ${children.length} child machines`);
      break;
    case 'resting':
      if (delays > 0 || invoked.length > 0) fail('rests, and something pends');
      if (eventsOf(snapshot).length === 0) fail('rests for ever: it accepts no event');
      break;
    case 'needs-user':
      if (!snapshot.context.finding) fail('asks a person without a finding');
      if (tags.includes('blocking') && !WAYS_OUT.some((type) => snapshot.can({ type }))) {
        fail(`blocks without a way out that changes nothing (${WAYS_OUT.join(', ')})`);
      }
  }
}

/** May this step change stored bytes? */
export function isWritingStep<TWorld extends World>(model: Model<TWorld>, step: Step<TWorld>): boolean {
  const service = serviceOf(step.event.type) ?? step.outcome?.under;
  return (service !== undefined && model.writers.includes(service)) || step.outcome?.perform !== undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: a node of any machine
function activeNodes(snapshot: AnyMachineSnapshot): StateNode<any, any>[] {
  return snapshot._nodes;
}

function delaysOf(snapshot: AnyMachineSnapshot): number {
  return activeNodes(snapshot).flatMap((node) => node.after).length;
}

function eventsOf(snapshot: AnyMachineSnapshot): string[] {
  return activeNodes(snapshot)
    .flatMap((node) => node.ownEvents)
    .filter((type) => type !== '' && !type.startsWith('xstate.'));
}

import type { AnyStateMachine } from 'xstate';
import { getStateNodes } from './graph.ts';

/** What house rules ask of every state node (machines.md 1), and what does not hold: one sentence each. */
export function structureFaults(machine: AnyStateMachine): string[] {
  return getStateNodes(machine).flatMap((node) => {
    const faults: string[] = [];
    for (const { id, src } of node.invoke) {
      if (id !== src) faults.push(`${node.id}: the invoke of \`${src}\` has the id \`${id}\``);
      if (!node.transitions.has(`xstate.error.actor.${id}`))
        faults.push(`${node.id}: \`${src}\` has no onError`);
    }
    if (node.type === 'final' && node.output === undefined) faults.push(`${node.id}: final, without output`);
    if (node.type === 'atomic' && !node.description) faults.push(`${node.id}: waits, without a description`);
    if (node.tags.includes('needs-user') && !node.meta?.title)
      faults.push(`${node.id}: asks, without meta.title`);
    return faults;
  });
}

import type { AnyStateMachine, AnyTransitionDefinition, StateNode } from 'xstate';
import { getStateNodes } from '../tests/paths/kit/graph.ts';
import { allTransitions, eventLabel } from '../tests/paths/kit/transitions.ts';

// biome-ignore lint/suspicious/noExplicitAny: a node of any machine
type AnyNode = StateNode<any, any>;

/** One machine as a page: the picture, then what each state means and says. */
export function drawMachine(machine: AnyStateMachine): string {
  const { root } = machine;
  const everywhere = allTransitions(machine)
    .filter(({ source }) => source === root)
    .map(labelOf);
  const rows = getStateNodes(machine)
    .filter((node) => node.description)
    .map((node) => `| \`${pathOf(node)}\` | ${node.tags.join(', ')} | ${node.description} |`);
  return [
    `# ${machine.id}`,
    '',
    'Generated from the machine by `npm run diagrams`; do not edit.',
    '',
    ...(root.description ? [root.description, ''] : []),
    '```mermaid',
    'stateDiagram-v2',
    ...drawInside(root, machine, '  '),
    ...allTransitions(machine)
      .filter(({ source }) => source !== root)
      .map((transition) => `  ${drawTransition(transition)}`),
    ...getStateNodes(machine)
      .filter(({ type }) => type === 'final')
      .map((node) => `  ${node.key} --> [*]`),
    '```',
    '',
    ...(everywhere.length > 0 ? [`In every state: ${everywhere.join(' · ')}`, ''] : []),
    '| state | tags | what |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function drawInside(node: AnyNode, machine: AnyStateMachine, indent: string): string[] {
  const children: AnyNode[] = Object.values(node.states);
  const initial = node.initial?.target.map(({ key }: AnyNode) => `${indent}[*] --> ${key}`) ?? [];
  const nested = children
    .filter((child) => child.type === 'compound')
    .flatMap((child) => [
      `${indent}state ${child.key} {`,
      ...drawInside(child, machine, `${indent}  `),
      `${indent}}`,
    ]);
  const lonely = node === machine.root ? [] : children.map(({ key }) => `${indent}${key}`);
  return [...initial, ...lonely, ...nested];
}

function drawTransition(transition: AnyTransitionDefinition): string {
  const to = transition.target?.map(({ key }) => key).join(', ') ?? transition.source.key;
  return `${transition.source.key} --> ${to}: ${labelOf(transition)}`;
}

function labelOf({ eventType, guard }: AnyTransitionDefinition): string {
  const name = typeof guard === 'string' ? guard : guard && 'type' in guard ? guard.type : undefined;
  return name ? `${eventLabel(eventType)} [${name}]` : eventLabel(eventType);
}

function pathOf(node: AnyNode): string {
  return node.path.join('.');
}

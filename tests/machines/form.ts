import { parseAst } from 'vite';

interface Node {
  type: string;
  [member: string]: unknown;
}

/**
 * What keeps Stately from importing a machine file as it is (machines.md 7.3), one sentence each: it wants one literal
 * `setup(…).createMachine({…})` a file, with names for everything and imports of types only, besides xstate.
 */
export function formFaults(source: string): string[] {
  const program = parseAst(source, { lang: 'ts' }) as unknown as Node;
  const faults: string[] = [];
  for (const node of nodesOf(program)) {
    const from = node.type === 'ImportDeclaration' ? (node.source as { value: string }).value : undefined;
    if (from !== undefined && from !== 'xstate' && node.importKind !== 'type') {
      faults.push(`imports more than types from ${from}`);
    }
  }
  const made = nodesOf(program).filter((node) => calls(node) === 'createMachine');
  if (made.length !== 1) faults.push(`has ${made.length} machines, not one`);
  for (const call of made) {
    const { object } = call.callee as { object?: Node };
    if (!object || calls(object) !== 'setup') faults.push('makes its machine without `setup(…)`');
    const [config] = call.arguments as Node[];
    if (config) faults.push(...configFaults(config));
  }
  return faults;
}

function configFaults(config: Node): string[] {
  if (config.type !== 'ObjectExpression') return ['is given a config that is not literal'];
  const faults = nodesOf(config).flatMap((node) => {
    if (node.type === 'SpreadElement') return ['spreads inside the machine'];
    if (node.type === 'Property' && node.computed) return ['has a computed key inside the machine'];
    if (node.type === 'Property' && isNameSlot(node) && !isLiteral(node.value as Node)) {
      return [`names \`${keyOf(node)}\` by something else than a literal`];
    }
    return [];
  });
  const hasId = (config.properties as Node[]).some((property) => keyOf(property) === 'id');
  return hasId ? faults : [...faults, 'has no id'];
}

const NAME_SLOTS = ['src', 'target', 'initial', 'guard', 'entry', 'exit', 'actions', 'tags'];

function isNameSlot(property: Node): boolean {
  return NAME_SLOTS.includes(keyOf(property));
}

/** A string, or a literal object or list of such: never a function or a reference. */
function isLiteral(value: Node): boolean {
  switch (value.type) {
    case 'Literal':
    case 'ObjectExpression':
      return true;
    case 'ArrayExpression':
      return (value.elements as Node[]).every(isLiteral);
    default:
      return false;
  }
}

function keyOf(property: Node): string {
  const key = property.key as { name?: string; value?: string } | undefined;
  return key?.name ?? String(key?.value ?? '');
}

/** The name of what a call expression calls; undefined for every other node. */
function calls(node: Node): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = node.callee as { name?: string; property?: { name?: string } };
  return callee.name ?? callee.property?.name;
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesOf);
  return typeof (value as Node).type === 'string' ? [value as Node, ...inside] : inside;
}

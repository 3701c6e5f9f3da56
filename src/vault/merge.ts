import { isPlainObject, isSameValue } from './canonical.ts';
import type { Json } from './types.ts';

export type Merged =
  | { kind: 'merged'; data: Json }
  /** Members that both sides changed, each in another way. Empty: the records as a whole. */
  | { kind: 'conflict'; members: string[] };

/**
 * Merges two edits of one record by its members: what only one side changed is taken, what both changed alike is no
 * conflict. A domain that knows more of its records brings its own.
 *
 * @param base  the last version both sides knew; `undefined` when both made the record
 */
export function mergeRecords(base: Json | undefined, ours: Json, theirs: Json): Merged {
  if (isSameValue(ours, theirs)) return { kind: 'merged', data: ours };
  if (base !== undefined && isSameValue(base, ours)) return { kind: 'merged', data: theirs };
  if (base !== undefined && isSameValue(base, theirs)) return { kind: 'merged', data: ours };
  if (!isPlainObject(base) || !isPlainObject(ours) || !isPlainObject(theirs))
    return { kind: 'conflict', members: [] };

  const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort();
  const merged = names.map((name) => [name, mergeMember(base[name], ours[name], theirs[name])] as const);
  const members = merged.filter(([, member]) => member === CONFLICT).map(([name]) => name);
  if (members.length > 0) return { kind: 'conflict', members };
  // `fromEntries` defines members, so that one named `__proto__` is one like any other.
  return {
    kind: 'merged',
    data: Object.fromEntries(merged.filter(([, member]) => member !== undefined)) as Json,
  };
}

const CONFLICT = Symbol('conflict');

/** `undefined` stands for a member that is not there. */
function mergeMember(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (isSame(ours, theirs) || isSame(base, theirs)) return ours;
  return isSame(base, ours) ? theirs : CONFLICT;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && isSameValue(one, other));
}

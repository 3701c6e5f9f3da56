import type { ParsedText } from '../codec/parse.ts';
import { findPlaceholders } from '../variables/placeholder.ts';
import { leavesOfIdentifyingFields } from './identifyingLeaves.ts';
import type { ValueKind } from './valueKind.ts';

/** A placeholder that stands in identifying fields: what is put in its place may tell who somebody is. */
export interface IdentifyingVariable {
  /** Of its values; `text` where it stands beside other text, or for values of several kinds. */
  readonly kind: ValueKind;
  /** Fields such as `PID-5`. */
  readonly fields: ReadonlySet<string>;
}

/** By name, the placeholders in identifying fields. */
export function identifyingVariables(parsed: ParsedText): ReadonlyMap<string, IdentifyingVariable> {
  const variables = new Map<string, { kind: ValueKind; fields: Set<string> }>();
  for (const { wire, kind: own, segment, position } of leavesOfIdentifyingFields(parsed)) {
    for (const { id } of findPlaceholders(wire)) {
      const kind = wire.trim() === id ? own : 'text';
      const found = variables.get(id) ?? { kind, fields: new Set() };
      variables.set(id, found);
      if (found.kind !== kind) found.kind = 'text';
      found.fields.add(`${segment.name}-${position.field}`);
    }
  }
  return variables;
}

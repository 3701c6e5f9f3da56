import { decode } from '../codec/escape.ts';
import type { ParsedText } from '../codec/parse.ts';
import { leavesOfIdentifyingFields, mayTell } from './identifyingLeaves.ts';
import { isTestValue } from './testValue.ts';
import type { ValueKind } from './valueKind.ts';

/**
 * The fields of a text that hold values which may tell who somebody is and do not say by themselves that they are made up,
 * such as `PID-5`: each once, never the values.
 */
export function patientLikeFields(parsed: ParsedText): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const { segment, position, wire, kind, delimiters } of leavesOfIdentifyingFields(parsed)) {
    const field = `${segment.name}-${position.field}`;
    // One value says it all: most leaves need no closer look.
    if (fields.has(field) || !mayTell(kind, wire)) continue;
    if (!isTestValue(kind, decode(wire, delimiters))) fields.add(field);
  }
  return fields;
}

/** The same for a value that is to be put in the place of a placeholder. */
export function isPatientLike(kind: ValueKind, value: string): boolean {
  return mayTell(kind, value) && !isTestValue(kind, value);
}

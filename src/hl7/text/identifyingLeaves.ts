import { type Leaf, leavesOf } from '../codec/leaves.ts';
import type { ParsedText, Segment } from '../codec/parse.ts';
import { identifyingFields } from './identifyingFields.ts';
import { isKnownCode } from './knownCodes.ts';
import { tellsNothing } from './tellsNothing.ts';
import { kindAt, type ValueKind } from './valueKind.ts';

/** A value in an identifying field. */
export interface IdentifyingLeaf extends Leaf {
  readonly segment: Segment;
  readonly kind: ValueKind;
}

/** The values that may tell who somebody is. */
export function* identifyingLeaves(parsed: ParsedText): Generator<IdentifyingLeaf> {
  for (const leaf of leavesOfIdentifyingFields(parsed)) if (mayTell(leaf.kind, leaf.wire)) yield leaf;
}

/** All that is not empty in identifying fields, also placeholders. */
export function* leavesOfIdentifyingFields({ segments }: ParsedText): Generator<IdentifyingLeaf> {
  for (const segment of segments) {
    const fields = identifyingFields(segment.name);
    if (!fields) continue;
    for (const { position, start, wire, delimiters } of leavesOf(segment)) {
      const type = wire === '' ? undefined : fields.get(position.field);
      if (type) yield { position, start, wire, delimiters, segment, kind: kindAt(type, position) };
    }
  }
}

/**
 * Whether a value may tell who somebody is. Empty values, HL7 nulls, placeholders and punctuation do not, and codes of HL7's
 * own tables do not where a code belongs.
 */
export function mayTell(kind: ValueKind, text: string): boolean {
  return !tellsNothing(text) && !(kind === 'code' && isKnownCode(text));
}

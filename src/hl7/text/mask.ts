import type { Span } from '../codec/caret.ts';
import { leavesOf } from '../codec/leaves.ts';
import type { ParsedText } from '../codec/parse.ts';
import { isNull } from '../codec/read.ts';
import { findPlaceholders } from '../variables/placeholder.ts';

/** Names, births, addresses, phones, identifiers, account and social-security numbers, and doctors (hl7.md 2.1). */
const IDENTIFYING: Readonly<Record<string, readonly number[]>> = {
  PID: [2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14, 18, 19, 20, 21, 23, 29],
  NK1: [2, 4, 5, 6, 12, 16, 26, 30, 31, 32, 33, 37, 38],
  GT1: [2, 3, 4, 5, 6, 7, 8, 12, 16, 17, 18, 19, 42, 45, 46, 56],
  IN1: [6, 7, 8, 10, 11, 16, 18, 19, 36, 44, 49, 52],
  PV1: [7, 8, 9, 17, 19, 50, 52],
};

/** Whether a field may tell who somebody is. */
export function isIdentifying(segment: string, field: number): boolean {
  return Object.hasOwn(IDENTIFYING, segment) && (IDENTIFYING[segment]?.includes(field) ?? false);
}

/** Where identifying values stand in a text. Empty values, HL7 nulls and placeholders tell nothing. */
export function* identifyingSpans({ segments }: ParsedText): Generator<Span> {
  for (const segment of segments) {
    if (!Object.hasOwn(IDENTIFYING, segment.name)) continue;
    for (const { position, start, wire } of leavesOf(segment)) {
      if (wire === '' || isNull(wire) || !isIdentifying(segment.name, position.field)) continue;
      if (isOnlyPlaceholder(wire)) continue;
      yield { from: segment.start + start, to: segment.start + start + wire.length };
    }
  }
}

/** The text with identifying values covered, one mark for each character, so that offsets stay true. */
export function maskText(parsed: ParsedText, mark = '•'): string {
  let masked = '';
  let done = 0;
  for (const { from, to } of identifyingSpans(parsed)) {
    masked += parsed.text.slice(done, from) + mark.repeat(to - from);
    done = to;
  }
  return masked + parsed.text.slice(done);
}

function isOnlyPlaceholder(wire: string): boolean {
  const [placeholder] = findPlaceholders(wire);
  return placeholder?.id === wire;
}

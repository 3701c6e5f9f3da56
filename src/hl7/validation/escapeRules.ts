import { tokenise } from '../codec/escape.ts';
import { leavesOf } from '../codec/leaves.ts';
import type { Segment } from '../codec/parse.ts';
import type { Found } from './rule.ts';

/** Escape characters that begin nothing HL7 knows, once for each leaf. */
export function* escapeRules(segment: Segment): Generator<Found> {
  const { escape: opener } = segment.delimiters;
  if (opener === undefined || !segment.wire.includes(opener)) return;
  for (const { wire, position, delimiters } of leavesOf(segment)) {
    if (!tokenise(wire, delimiters).some((token) => token.kind === 'lone')) continue;
    const { segment: _, ...place } = position;
    yield {
      code: 'BAD_ESCAPE',
      ...place,
      message:
        'An escape character begins no known sequence. To send the character itself, write its escape with E.',
    };
  }
}

import type { Span } from '../codec/caret.ts';
import type { ParsedText } from '../codec/parse.ts';
import { identifyingLeaves } from './identifyingLeaves.ts';

/** Where identifying values stand in a text. */
export function* identifyingSpans(parsed: ParsedText): Generator<Span> {
  for (const { segment, start, wire } of identifyingLeaves(parsed)) {
    const from = segment.start + start;
    yield { from, to: from + wire.length };
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

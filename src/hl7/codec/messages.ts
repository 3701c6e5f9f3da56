import { isHeaderName } from './delimiters.ts';
import { type ParsedText, parse, type Segment, segmentsIn } from './parse.ts';

/** One message of a text (hl7.md 5.7). */
export interface Message {
  /** From MSH to the last segment of the message. */
  readonly segments: readonly Segment[];
  /** Offsets in the text, from MSH up to where the next message or batch segment starts, or the text ends. */
  readonly from: number;
  readonly to: number;
}

/** The messages of a text: each starts at MSH and ends before the next MSH, BHS, BTS, FHS or FTS. */
export function messagesOf({ text, segments }: ParsedText): Message[] {
  const messages: Message[] = [];
  let first: number | undefined;
  const close = (end: number) => {
    const start = first === undefined ? undefined : segments[first]?.start;
    if (start !== undefined) {
      messages.push({
        segments: segments.slice(first, end),
        from: start,
        to: segments[end]?.start ?? text.length,
      });
    }
    first = undefined;
  };
  for (const { name, index } of segments) {
    if (!endsMessage(name)) continue;
    close(index);
    if (name === 'MSH') first = index;
  }
  close(segments.length);
  return messages;
}

/**
 * The messages of a long text in steps: one for each segment and one for the end of the text, with the message that ended
 * there, if one did.
 */
export function* messageSpans(text: string): Generator<Pick<Message, 'from' | 'to'> | undefined> {
  let from: number | undefined;
  for (const { name, start } of segmentsIn(text)) {
    const isEnd = endsMessage(name);
    yield isEnd && from !== undefined ? { from, to: start } : undefined;
    if (isEnd) from = name === 'MSH' ? start : undefined;
  }
  yield from === undefined ? undefined : { from, to: text.length };
}

/** Whether a segment belongs to the text as a batch, and to no message. */
export function isBatchSegment(name: string): boolean {
  return isBatchTrailer(name) || (isHeaderName(name) && name !== 'MSH');
}

/** A message by itself. */
export function parseMessage({ text }: ParsedText, { from, to }: Message): ParsedText {
  return parse(text.slice(from, to));
}

/** What stands before it, it does not belong to. */
function endsMessage(name: string): boolean {
  return isHeaderName(name) || isBatchTrailer(name);
}

function isBatchTrailer(name: string): boolean {
  return name === 'BTS' || name === 'FTS';
}

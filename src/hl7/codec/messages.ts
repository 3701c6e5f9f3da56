import { isHeaderName } from './delimiters.ts';
import { type ParsedText, parse, type Segment } from './parse.ts';

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
    if (!isHeaderName(name) && !isBatchTrailer(name)) continue;
    close(index);
    if (name === 'MSH') first = index;
  }
  close(segments.length);
  return messages;
}

/** Whether a segment belongs to the text as a batch, and to no message. */
export function isBatchSegment(name: string): boolean {
  return isBatchTrailer(name) || (isHeaderName(name) && name !== 'MSH');
}

/** A message by itself. */
export function parseMessage({ text }: ParsedText, { from, to }: Message): ParsedText {
  return parse(text.slice(from, to));
}

function isBatchTrailer(name: string): boolean {
  return name === 'BTS' || name === 'FTS';
}

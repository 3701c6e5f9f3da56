import { type ParsedText, type Segment, segmentsIn } from './parse.ts';
import { valueAt } from './read.ts';

export const UNKNOWN_MESSAGE_TYPE = 'UNKNOWN';

/**
 * The type of the first message: MSH-9 components 1 and 2 joined by `-` (`ADT-A01`; `ACK` if there is no second),
 * read with the message's own delimiters; `UNKNOWN` without a readable MSH-9 (hl7.md 3.1).
 */
export function messageTypeOf(message: ParsedText | string): string {
  const parsed = typeof message === 'string' ? toHeader(message) : message;
  const code = valueAt(parsed, 'MSH-9.1')?.trim();
  if (!code) return UNKNOWN_MESSAGE_TYPE;
  const trigger = valueAt(parsed, 'MSH-9.2')?.trim();
  return trigger ? `${code}-${trigger}` : code;
}

/** The text up to its first header: what follows may be long. */
function toHeader(text: string): ParsedText {
  const segments: Segment[] = [];
  for (const segment of segmentsIn(text)) {
    segments.push(segment);
    if (segment.name === 'MSH') break;
  }
  return { text, segments, nextKey: segments.length };
}

/** Reads a stored type, also one written with its structure: `ADT-A01^ADT_A01` and `ADT^A01` are `ADT-A01` (H11). */
export function normaliseMessageType(stored: string): string {
  const [code = '', trigger] = stored.trim().split(/[-^]/);
  return trigger ? `${code}-${trigger}` : code;
}

/** How the dictionary calls a type: `ADT-A01` is `ADT^A01`. */
export function dictionaryKeyOf(messageType: string): string {
  return normaliseMessageType(messageType).replace('-', '^');
}

import {
  isBatchSegment,
  joinForClipboard,
  messagesOf,
  type ParsedText,
  parseMessage,
  toCanonical,
  toText,
} from '../../../hl7/index.ts';

export const COPY_LINE_ENDS = ['asIs', 'cr', 'lf', 'crlf'] as const;
export type CopyLineEnd = (typeof COPY_LINE_ENDS)[number];

/**
 * The line end for a copy: what the person chose, else untouched text as it is and edited text with CR (hl7.md 5.8).
 *
 * @param chosen  as stored with the settings; an unknown name counts as no choice
 */
export function copyLineEndFor(chosen: string | undefined, isEdited: boolean): CopyLineEnd {
  return COPY_LINE_ENDS.find((lineEnd) => lineEnd === chosen) ?? (isEdited ? 'cr' : 'asIs');
}

/** The text to copy. Several messages are joined by one blank line; a batch stays one text. */
export function textToCopy(parsed: ParsedText, lineEnd: CopyLineEnd): string {
  if (lineEnd === 'asIs') return toText(parsed);
  const messages = messagesOf(parsed);
  const isBatch = parsed.segments.some(({ name }) => isBatchSegment(name));
  const isAllMessages =
    messages.reduce((count, { segments }) => count + segments.length, 0) === parsed.segments.length;
  if (messages.length > 1 && !isBatch && isAllMessages) {
    return joinForClipboard(
      messages.map((message) => parseMessage(parsed, message)),
      lineEnd,
    );
  }
  return toCanonical(parsed, lineEnd);
}

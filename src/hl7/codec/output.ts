import type { ParsedText } from './parse.ts';

/** What stands between segments in text that leaves the app. */
export type LineEnding = 'cr' | 'lf' | 'crlf';

export const TERMINATORS: Readonly<Record<LineEnding, string>> = { cr: '\r', lf: '\n', crlf: '\r\n' };

/** The text as it is, byte for byte, with its own terminators and blank lines. */
export function toText(parsed: ParsedText): string {
  return parsed.text;
}

/** Segments joined with CR (or another ending), no trailing terminator, no blank lines (hl7.md 5.6). */
export function toCanonical(parsed: ParsedText, ending: LineEnding = 'cr'): string {
  return parsed.segments.map((segment) => segment.wire).join(TERMINATORS[ending]);
}

/** For files: each segment ends with the terminator, the last one too (hl7.md 5.8). */
export function toFileText(parsed: ParsedText, ending: LineEnding = 'cr'): string {
  return parsed.segments.map((segment) => segment.wire + TERMINATORS[ending]).join('');
}

/** Several messages for the clipboard: each in canonical form, one blank line between them, nothing else added. */
export function joinForClipboard(messages: readonly ParsedText[], ending: LineEnding = 'cr'): string {
  return messages.map((message) => toCanonical(message, ending)).join('\n\n');
}

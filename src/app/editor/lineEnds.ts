import type { TextChanges } from './textChange.ts';

/**
 * Text widgets know one kind of line end; HL7 text has three. This maps between a document and what a widget shows of
 * it: CRLF, CR and LF are each one `\n` there (hl7.md 5.6).
 */
export interface LineEnds {
  /** What the widget shows; made when asked for. */
  readonly shown: string;
  readonly shownLength: number;
  toShown(offset: number): number;
  toDocument(offset: number): number;
  /** The line end that a break typed at an offset of the document gets: that of its own line, else of the one before. */
  breakAt(offset: number): string;
}

const CR = 13;
const LF = 10;

/** The map for a text. Costs one pass, and memory only for line ends of two characters. */
export function readLineEnds(text: string): LineEnds {
  const pairs: number[] = [];
  for (let at = text.indexOf('\r\n'); at !== -1; at = text.indexOf('\r\n', at + 2)) pairs.push(at);
  return {
    get shown() {
      return withShownBreaks(text);
    },
    shownLength: text.length - pairs.length,
    toShown(offset) {
      return offset - countBelow(pairs, offset);
    },
    toDocument(offset) {
      return offset + countPairsBefore(pairs, offset);
    },
    breakAt(offset) {
      return breakAfter(text, offset) ?? breakBefore(text, offset) ?? '\r';
    },
  };
}

/** The text with each of its line ends as `\n`. */
export function withShownBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/**
 * What a widget typed, in its own offsets and line ends, as it is meant for the document.
 *
 * A lone CR and a lone LF that an edit would bring together would become one line end on screen. So the LFs there
 * become CRs: the only case in which a byte beside the edit changes.
 */
export function toDocumentChanges(text: string, ends: LineEnds, changes: TextChanges): TextChanges {
  return changes.map((change) => {
    const from = ends.toDocument(change.from);
    const to = ends.toDocument(change.to);
    const isAfterCr = text.charCodeAt(from - 1) === CR;
    const insert = withBreaks(change.insert, () => {
      const lineEnd = ends.breakAt(from);
      return isAfterCr && lineEnd === '\n' ? '\r' : lineEnd;
    });
    const endsInCr = insert === '' ? isAfterCr : insert.endsWith('\r');
    const meeting = endsInCr ? countLineFeeds(text, to) : 0;
    return { from, to: to + meeting, insert: insert + '\r'.repeat(meeting) };
  });
}

/** Line ends are looked for only when there is one to write: in a long line that takes time. */
function withBreaks(typed: string, lineEnd: () => string): string {
  return typed.includes('\n') ? typed.replaceAll('\n', lineEnd()) : typed;
}

function countLineFeeds(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === LF) at += 1;
  return at - from;
}

/** Pairs that begin before an offset of the document. */
function countBelow(pairs: readonly number[], offset: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pairs whose shown line end lies before an offset of the widget. */
function countPairsBefore(pairs: readonly number[], shownOffset: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle] ?? 0) - middle < shownOffset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function breakAfter(text: string, offset: number): string | undefined {
  const cr = text.indexOf('\r', offset);
  const lf = text.indexOf('\n', offset);
  if (cr === -1 && lf === -1) return undefined;
  return breakThere(text, cr === -1 || (lf !== -1 && lf < cr) ? lf : cr);
}

function breakBefore(text: string, offset: number): string | undefined {
  const before = Math.max(text.lastIndexOf('\r', offset - 1), text.lastIndexOf('\n', offset - 1));
  if (offset === 0 || before === -1) return undefined;
  if (text.charCodeAt(before) === CR) return '\r';
  return text.charCodeAt(before - 1) === CR ? '\r\n' : '\n';
}

function breakThere(text: string, at: number): string | undefined {
  const code = text.charCodeAt(at);
  if (code === LF) return '\n';
  if (code !== CR) return undefined;
  return text.charCodeAt(at + 1) === LF ? '\r\n' : '\r';
}

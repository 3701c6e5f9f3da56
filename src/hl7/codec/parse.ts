import { DEFAULT_DELIMITERS, type Delimiters, delimitersOfHeader, isHeaderName } from './delimiters.ts';
import { isSegmentName } from './segmentName.ts';

/** One line of a text that is not blank. Offsets count UTF-16 code units. */
export interface Segment {
  /** Stays with the segment through edits (see `reparse`): what is expanded or selected hangs on it. */
  readonly key: number;
  /** From 0, in the whole text; blank lines do not count. */
  readonly index: number;
  /** Text before the first separator; not always a valid name. */
  readonly name: string;
  /** From 1: the how-manieth segment of this name in the whole text. */
  readonly occurrence: number;
  /** Offset of the first character in the text. */
  readonly start: number;
  /** The line without its terminator, as it stands in the text. */
  readonly wire: string;
  /** In use in this segment. */
  readonly delimiters: Delimiters;
}

/** A text and its segments. Serialising needs nothing else, since segments point into the text. */
export interface ParsedText {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** The first key that no segment of this text, or of one it came from, has had. */
  readonly nextKey: number;
}

/** Marks left at the beginning of stored text must not hide the header (H08). */
const BYTE_ORDER_MARKS = /^\uFEFF+/;
const LINE = /[^\r\n]+/g;

/**
 * Reads any text; never throws and never drops a character. Time and memory grow linearly with the text, since fields
 * are only divided when asked for (`fieldsOf`).
 */
export function parse(text: string): ParsedText {
  const segments = [...segmentsIn(text)];
  return { text, segments, nextKey: segments.length };
}

/** The same one by one, for texts that are too long to be read at once. */
export function* segmentsIn(text: string): Generator<Segment> {
  let index = 0;
  const seen = new Map<string, number>();
  let delimiters = DEFAULT_DELIMITERS;
  for (const match of text.matchAll(LINE)) {
    const skipped = index === 0 ? (BYTE_ORDER_MARKS.exec(match[0])?.[0].length ?? 0) : 0;
    const wire = match[0].slice(skipped);
    if (!/\S/.test(wire)) continue;
    delimiters = delimitersOfHeader(wire) ?? delimiters;
    const name = nameOf(wire, delimiters);
    // Only valid names are counted: they are few, while noise may hold millions of others.
    const occurrence = isSegmentName(name) ? (seen.get(name) ?? 0) + 1 : 1;
    if (isSegmentName(name)) seen.set(name, occurrence);
    yield { key: index, index, name, occurrence, start: match.index + skipped, wire, delimiters };
    index += 1;
  }
}

/** Whether the segment is MSH, FHS or BHS: its fields 1 and 2 are the delimiters themselves. */
export function isHeader(segment: Segment): boolean {
  return isHeaderName(segment.name);
}

function nameOf(wire: string, { field }: Delimiters): string {
  const end = wire.indexOf(field);
  return end < 0 ? wire : wire.slice(0, end);
}

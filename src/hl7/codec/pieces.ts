import type { Delimiters } from './delimiters.ts';
import { isHeader, type Segment } from './parse.ts';

/** What stands between two separators. */
export interface Piece {
  /** From 1. */
  readonly number: number;
  /** Offset from the start of the segment. */
  readonly start: number;
  readonly wire: string;
}

/** Splits wire text, one piece at a time, so that millions of pieces need no memory unless somebody keeps them. */
export function* piecesOf(wire: string, start: number, separator: string | undefined): Generator<Piece> {
  let from = 0;
  for (let number = 1; ; number += 1) {
    const end = separator === undefined ? -1 : wire.indexOf(separator, from);
    if (end < 0) {
      yield { number, start: start + from, wire: wire.slice(from) };
      return;
    }
    yield { number, start: start + from, wire: wire.slice(from, end) };
    from = end + 1;
  }
}

/** The fields of a segment; a header's first field is its separator. A segment without a separator has none. */
export function* fieldPieces(segment: Segment): Generator<Piece> {
  const { wire, name, delimiters } = segment;
  if (wire.length === name.length) return;
  let number = 0;
  if (isHeader(segment)) {
    number += 1;
    yield { number, start: name.length, wire: delimiters.field };
  }
  let from = name.length + 1;
  while (from <= wire.length) {
    const next = wire.indexOf(delimiters.field, from);
    const end = next < 0 ? wire.length : next;
    number += 1;
    yield { number, start: from, wire: wire.slice(from, end) };
    from = end + 1;
  }
}

/** The delimiters in use inside a field: none in the first two of a header, which are never split or decoded. */
export function delimitersWithin(segment: Segment, field: number): Delimiters {
  if (!isVerbatim(segment, field)) return segment.delimiters;
  return {
    field: segment.delimiters.field,
    repetition: undefined,
    component: undefined,
    subcomponent: undefined,
    escape: undefined,
  };
}

/** Whether a field is one of those that name the delimiters. */
export function isVerbatim(segment: Segment, field: number): boolean {
  return field <= 2 && isHeader(segment);
}

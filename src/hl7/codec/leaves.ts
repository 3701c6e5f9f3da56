import type { Delimiters } from './delimiters.ts';
import type { Segment } from './parse.ts';
import { delimitersWithin, fieldPieces, type Piece, piecesOf } from './pieces.ts';
import type { Position } from './position.ts';

/** The smallest piece that holds a value, and where it is. Undivided levels are left out of the position. */
export interface Leaf {
  readonly position: Position & { readonly field: number; readonly repetition: number };
  /** Offset from the start of the segment. */
  readonly start: number;
  readonly wire: string;
  readonly delimiters: Delimiters;
}

/** All leaves of a segment in order, one at a time. */
export function* leavesOf(segment: Segment): Generator<Leaf> {
  for (const field of fieldPieces(segment)) {
    const delimiters = delimitersWithin(segment, field.number);
    for (const repetition of piecesOf(field.wire, field.start, delimiters.repetition)) {
      const position = { segment: segment.index, field: field.number, repetition: repetition.number };
      yield* leavesWithin(repetition, { position, delimiters });
    }
  }
}

function* leavesWithin(
  { start, wire }: Piece,
  whole: Pick<Leaf, 'position' | 'delimiters'>,
): Generator<Leaf> {
  const { component, subcomponent } = whole.delimiters;
  const holds = (text: string, separator: string | undefined) =>
    separator !== undefined && text.includes(separator);
  if (!holds(wire, component) && !holds(wire, subcomponent)) {
    yield { ...whole, start, wire };
    return;
  }
  for (const outer of piecesOf(wire, start, component)) {
    const position = { ...whole.position, component: outer.number };
    if (!holds(outer.wire, subcomponent)) {
      yield { ...whole, position, start: outer.start, wire: outer.wire };
      continue;
    }
    for (const inner of piecesOf(outer.wire, outer.start, subcomponent)) {
      yield {
        ...whole,
        position: { ...position, subcomponent: inner.number },
        start: inner.start,
        wire: inner.wire,
      };
    }
  }
}

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
  const { index } = segment;
  for (const field of fieldPieces(segment)) {
    const delimiters = delimitersWithin(segment, field.number);
    const { repetition, component, subcomponent } = delimiters;
    // Most fields are not divided: without this, a line of millions of them would take minutes.
    if (!holds(field.wire, repetition) && !holds(field.wire, component) && !holds(field.wire, subcomponent)) {
      const position = { segment: index, field: field.number, repetition: 1 };
      yield { position, start: field.start, wire: field.wire, delimiters };
      continue;
    }
    for (const each of piecesOf(field.wire, field.start, repetition)) {
      const position = { segment: index, field: field.number, repetition: each.number };
      yield* leavesWithin(each, position, delimiters);
    }
  }
}

function* leavesWithin(repetition: Piece, whole: Leaf['position'], delimiters: Delimiters): Generator<Leaf> {
  const { component, subcomponent } = delimiters;
  if (!holds(repetition.wire, component) && !holds(repetition.wire, subcomponent)) {
    yield { position: whole, start: repetition.start, wire: repetition.wire, delimiters };
    return;
  }
  for (const outer of piecesOf(repetition.wire, repetition.start, component)) {
    const position = { ...whole, component: outer.number };
    if (!holds(outer.wire, subcomponent)) {
      yield { position, start: outer.start, wire: outer.wire, delimiters };
      continue;
    }
    for (const inner of piecesOf(outer.wire, outer.start, subcomponent)) {
      yield {
        position: { ...position, subcomponent: inner.number },
        start: inner.start,
        wire: inner.wire,
        delimiters,
      };
    }
  }
}

function holds(wire: string, separator: string | undefined): boolean {
  return separator !== undefined && wire.includes(separator);
}

import type { ParsedText, Segment } from './parse.ts';
import { childrenOf, fieldsOf, isDivided, type Part } from './parts.ts';
import { locate, type Place, type Position, partAt, pathOf } from './position.ts';

/** A stretch of text, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The deepest position at an offset of the text; `undefined` on a blank line or behind the last line. */
export function positionAt(parsed: ParsedText, offset: number): Position | undefined {
  const segment = segmentAt(parsed.segments, offset);
  if (!segment) return undefined;
  const within = offset - segment.start;
  const field = within > segment.name.length ? partHolding(fieldsOf(segment), within) : undefined;
  if (!field) return { segment: segment.index };
  return { segment: segment.index, ...leafHolding(field, within) };
}

/** The path at an offset of the text: `PID-5.1`, or the segment alone when the caret is in its name. */
export function pathAt(parsed: ParsedText, offset: number): string | undefined {
  const position = positionAt(parsed, offset);
  return position && pathOf(parsed, position);
}

/** Where a place stands in the text; `undefined` if nothing is there. */
export function spanOf(parsed: ParsedText, place: Place): Span | undefined {
  const position = locate(parsed, place);
  const segment = position && parsed.segments[position.segment];
  if (!segment) return undefined;
  if (position.field === undefined) return { from: segment.start, to: segment.start + segment.wire.length };
  const part = partAt(parsed, position);
  return part && { from: segment.start + part.start, to: segment.start + part.start + part.wire.length };
}

/** The deepest position inside a field at an offset within the segment; undivided levels are left out. */
function leafHolding(field: Part, within: number): Omit<Position, 'segment'> & { readonly field: number } {
  const repetition = partHolding(childrenOf(field), within);
  const position = { field: field.number, ...(repetition && { repetition: repetition.number }) };
  if (!repetition || !isDivided(repetition)) return position;
  const component = partHolding(childrenOf(repetition), within);
  if (!component) return position;
  if (!isDivided(component)) return { ...position, component: component.number };
  const subcomponent = partHolding(childrenOf(component), within);
  return {
    ...position,
    component: component.number,
    ...(subcomponent && { subcomponent: subcomponent.number }),
  };
}

/** The last part that begins at or before the offset: a caret right after a separator belongs to what follows. */
function partHolding(parts: readonly Part[], within: number): Part | undefined {
  return parts[lastIndexStartingBy(parts, within)];
}

function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  const segment = segments[lastIndexStartingBy(segments, offset)];
  return segment && offset <= segment.start + segment.wire.length ? segment : undefined;
}

function lastIndexStartingBy(items: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.start ?? Number.POSITIVE_INFINITY) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

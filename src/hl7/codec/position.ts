import type { ParsedText, Segment } from './parse.ts';
import { childrenOf, fieldsOf, type Part } from './parts.ts';
import { formatPath, parsePath } from './path.ts';

/** A place by number: unlike a path it also reaches segments whose name is not valid. */
export interface Position {
  /** `Segment.index`, from 0. */
  readonly segment: number;
  /** From 1, like all below. Absent: the whole segment. */
  readonly field?: number;
  /** Absent: the first. */
  readonly repetition?: number;
  readonly component?: number;
  readonly subcomponent?: number;
}

/** A place as a path in text (`PID-5.1`) or by number. */
export type Place = string | Position;

/** The position a place names, if its segment is there; the field may lie beyond the end. */
export function locate(parsed: ParsedText, place: Place): Position | undefined {
  if (typeof place !== 'string') return parsed.segments[place.segment] && place;
  const path = parsePath(place);
  if (!path) return undefined;
  const { segment: name, occurrence, ...rest } = path;
  const found = parsed.segments.find((segment) => segment.name === name && segment.occurrence === occurrence);
  return found && { segment: found.index, ...rest };
}

/** The path of a position: `PID[2]-3`. A label only where the segment's name is not valid. */
export function pathOf(parsed: ParsedText, position: Position): string | undefined {
  const segment = parsed.segments[position.segment];
  return segment && pathWithin(segment, position);
}

/** The same, where the segment is at hand. */
export function pathWithin(segment: Segment, position: Omit<Position, 'segment'>): string {
  return formatPath({ ...position, segment: segment.name, occurrence: segment.occurrence });
}

/** The part at a position; `undefined` for a whole segment and for what does not exist. */
export function partAt(parsed: ParsedText, position: Position): Part | undefined {
  const segment = parsed.segments[position.segment];
  if (!segment || position.field === undefined) return undefined;
  const { field, repetition = 1, component, subcomponent } = position;
  const numbers = subcomponent === undefined ? [] : [subcomponent];
  if (component !== undefined || numbers.length > 0) numbers.unshift(component ?? 1);
  let part = fieldsOf(segment)[field - 1];
  for (const number of [repetition, ...numbers]) part = part && childrenOf(part)[number - 1];
  return part;
}

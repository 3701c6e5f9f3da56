import type { Delimiters } from './delimiters.ts';
import type { Segment } from './parse.ts';
import { delimitersWithin, fieldPieces, piecesOf } from './pieces.ts';

export type Level = 'field' | 'repetition' | 'component' | 'subcomponent';

/** A piece of a segment. Unchanged segments give identical parts, so a view may compare them by identity. */
export interface Part {
  readonly level: Level;
  /** Its place among its siblings, from 1. */
  readonly number: number;
  /** Offset from the start of the segment; it ends at `start + wire.length`. */
  readonly start: number;
  readonly wire: string;
  /** In use inside this part: none in header fields 1 and 2, which are never split or decoded. */
  readonly delimiters: Delimiters;
}

const fieldsBySegment = new WeakMap<Segment, readonly Part[]>();
const childrenByPart = new WeakMap<Part, readonly Part[]>();

/** The fields of a segment, divided when first asked for. A segment without a separator has none. */
export function fieldsOf(segment: Segment): readonly Part[] {
  let fields = fieldsBySegment.get(segment);
  if (!fields) {
    fields = divideSegment(segment);
    fieldsBySegment.set(segment, fields);
  }
  return fields;
}

/** What a part consists of, one level down: at least one part, except below a subcomponent. */
export function childrenOf(part: Part): readonly Part[] {
  let children = childrenByPart.get(part);
  if (!children) {
    children = dividePart(part);
    childrenByPart.set(part, children);
  }
  return children;
}

/** Whether a part holds several leaves. */
export function isDivided(part: Part): boolean {
  return separatorsBelow(part.level, part.delimiters).some((separator) => part.wire.includes(separator));
}

const BELOW: Record<Level, Level | undefined> = {
  field: 'repetition',
  repetition: 'component',
  component: 'subcomponent',
  subcomponent: undefined,
};

/** The character that divides a part of this level, if it is in use. */
export function separatorWithin(level: Level, delimiters: Delimiters): string | undefined {
  const below = BELOW[level];
  return below === undefined || below === 'field' ? undefined : delimiters[below];
}

function separatorsBelow(level: Level, delimiters: Delimiters): string[] {
  const separators: string[] = [];
  for (let at: Level | undefined = level; at; at = BELOW[at]) {
    const separator = separatorWithin(at, delimiters);
    if (separator !== undefined) separators.push(separator);
  }
  return separators;
}

function divideSegment(segment: Segment): Part[] {
  const parts: Part[] = [];
  for (const piece of fieldPieces(segment)) {
    parts.push({ level: 'field', ...piece, delimiters: delimitersWithin(segment, piece.number) });
  }
  return parts;
}

function dividePart({ level, start, wire, delimiters }: Part): readonly Part[] {
  const below = BELOW[level];
  if (below === undefined) return [];
  const parts: Part[] = [];
  for (const piece of piecesOf(wire, start, separatorWithin(level, delimiters))) {
    parts.push({ level: below, ...piece, delimiters });
  }
  return parts;
}

import type { Delimiters } from '../codec/delimiters.ts';
import { leavesOf } from '../codec/leaves.ts';
import type { ParsedText } from '../codec/parse.ts';
import { isVerbatim } from '../codec/pieces.ts';
import type { Position } from '../codec/position.ts';
import { findPlaceholders, LAST_GROUP, PLACEHOLDER, type Placeholder } from './placeholder.ts';

/** A placeholder in a text. Offsets count from the start of the text. */
export interface Occurrence extends Placeholder {
  /** The leaf it stands in. */
  readonly position: Position & { readonly field: number };
  readonly delimiters: Delimiters;
}

/** All placeholders of a text in order. Segment names and the delimiter fields of headers hold none. */
export function* occurrencesOf({ segments }: ParsedText): Generator<Occurrence> {
  for (const segment of segments) {
    if (!segment.wire.includes(PLACEHOLDER)) continue;
    for (const { wire, start, position, delimiters } of leavesOf(segment)) {
      if (isVerbatim(segment, position.field)) continue;
      const offset = segment.start + start;
      for (const found of findPlaceholders(wire)) {
        yield { ...found, from: offset + found.from, to: offset + found.to, position, delimiters };
      }
    }
  }
}

/** The *Variables* count of a list: how many placeholders a text has, each occurrence counted. */
export function countPlaceholders(parsed: ParsedText): number {
  let count = 0;
  for (const _ of occurrencesOf(parsed)) count += 1;
  return count;
}

/** The lowest number that no placeholder of the text has; `undefined` if all are taken. */
export function nextFreeGroup(parsed: ParsedText): number | undefined {
  const taken = new Set(Array.from(occurrencesOf(parsed), (occurrence) => occurrence.group));
  for (let group = 1; group <= LAST_GROUP; group += 1) if (!taken.has(group)) return group;
  return undefined;
}

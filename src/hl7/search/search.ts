import { spanOf } from '../codec/caret.ts';
import { decode } from '../codec/escape.ts';
import { leavesOf } from '../codec/leaves.ts';
import type { ParsedText, Segment } from '../codec/parse.ts';
import { type Position, partAt, pathWithin } from '../codec/position.ts';
import { isSegmentName } from '../codec/segmentName.ts';

/** More hits than this are not listed (hl7.md 8). */
export const SEARCH_LIMIT = 100;

export interface Hit {
  /** The deepest path: `PID-5.2.1`, `PID-3[2]`. */
  readonly path: string;
  readonly position: Position;
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
}

export interface SearchResult {
  /** In the order of the text, at most `SEARCH_LIMIT`. */
  readonly hits: readonly Hit[];
  /** Whether there are more. */
  readonly isCapped: boolean;
}

interface PathQuery {
  readonly segment: string;
  readonly field: number;
  readonly component?: number;
}

const PATH_QUERY = /^([a-z][a-z0-9]{2})[-.]([1-9]\d{0,8})(?:\.([1-9]\d{0,8}))?$/i;

/** Whether a query asks for a place (`PID-5`, `pid.5.1`) and not for text. */
export function isPathQuery(query: string): boolean {
  return pathQueryOf(query) !== undefined;
}

/**
 * Finds a place in every segment of that name, or text, in any case, in the decoded values of leaves. A blank query
 * finds nothing.
 */
export function searchMessage(parsed: ParsedText, query: string): SearchResult {
  const hits: Hit[] = [];
  if (query.trim() === '') return { hits, isCapped: false };
  const path = pathQueryOf(query);
  for (const hit of path ? placesOf(parsed, path) : textHits(parsed, query.toLowerCase())) {
    if (hits.length === SEARCH_LIMIT) return { hits, isCapped: true };
    hits.push(hit);
  }
  return { hits, isCapped: false };
}

function pathQueryOf(query: string): PathQuery | undefined {
  const [, name, field, component] = PATH_QUERY.exec(query.trim()) ?? [];
  const segment = name?.toUpperCase() ?? '';
  if (!isSegmentName(segment)) return undefined;
  return { segment, field: Number(field), ...(component && { component: Number(component) }) };
}

function* placesOf(parsed: ParsedText, { segment: name, ...place }: PathQuery): Generator<Hit> {
  for (const segment of parsed.segments) {
    const position = { segment: segment.index, ...place };
    if (segment.name !== name || !partAt(parsed, position)) continue;
    const span = spanOf(parsed, position);
    if (span) yield { path: pathWithin(segment, position), position, ...span };
  }
}

function* textHits({ segments }: ParsedText, wanted: string): Generator<Hit> {
  for (const segment of segments) {
    if (!mayHold(segment, wanted)) continue;
    for (const { wire, start, position, delimiters } of leavesOf(segment)) {
      if (!decode(wire, delimiters).toLowerCase().includes(wanted)) continue;
      const from = segment.start + start;
      yield { path: pathWithin(segment, position), position, from, to: from + wire.length };
    }
  }
}

/** Without escapes a value is its wire text, so what the line does not hold no leaf of it can. */
function mayHold({ wire, delimiters }: Segment, wanted: string): boolean {
  if (delimiters.escape !== undefined && wire.includes(delimiters.escape)) return true;
  return wire.toLowerCase().includes(wanted);
}

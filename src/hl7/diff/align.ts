import { isHeader, type ParsedText, type Segment } from '../codec/parse.ts';
import { fieldsOf } from '../codec/parts.ts';
import type { Versions } from './difference.ts';

/** The same segment in the two versions and in what they came from; `undefined` where a version does not have it. */
export interface Aligned {
  readonly first: Segment | undefined;
  readonly second: Segment | undefined;
  readonly base: Segment | undefined;
}

/**
 * Finds the segments that are the same one in both versions: in the same message, of the same name and set id; where
 * a name occurs but once in its message, its set id may differ. In the order of the first version; what only the
 * second has stands right behind the segment that it follows there.
 */
export function alignSegments({ first, second, base }: Versions<ParsedText>): Aligned[] {
  const repeated = new Set([first, second, base].flatMap((text) => (text ? repeatedPlaces(text) : [])));
  const mine = keyed(first, repeated);
  const theirs = keyed(second, repeated);
  const common = base && keyed(base, repeated);
  const behind = new Map<string, Aligned[]>();
  let before = AT_THE_START;
  for (const [key, segment] of theirs) {
    if (mine.has(key)) before = key;
    else listAt(behind, before).push({ first: undefined, second: segment, base: common?.get(key) });
  }
  const shared = [...mine].flatMap(([key, segment]) => [
    { first: segment, second: theirs.get(key), base: common?.get(key) },
    ...(behind.get(key) ?? []),
  ]);
  return [...(behind.get(AT_THE_START) ?? []), ...shared];
}

/** The list of a key, made when first asked for. */
export function listAt<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

const AT_THE_START = '';

interface Placed {
  readonly segment: Segment;
  /** The message, from 1, and the name. */
  readonly place: string;
}

function placed({ segments }: ParsedText): Placed[] {
  let message = 0;
  return segments.map((segment) => {
    if (isHeader(segment)) message += 1;
    // What stands before any header is a part of the first message: one version may lack its header.
    return { segment, place: `${Math.max(message, 1)} ${segment.name}` };
  });
}

/** Places that hold more than one segment. */
function repeatedPlaces(text: ParsedText): string[] {
  const seen = new Set<string>();
  return placed(text).flatMap(({ place }) => {
    if (seen.has(place)) return [place];
    seen.add(place);
    return [];
  });
}

/** Every segment by a name that the same one has in another version of the text. */
function keyed(text: ParsedText, repeated: ReadonlySet<string>): Map<string, Segment> {
  const seen = new Map<string, number>();
  return new Map(
    placed(text).map(({ segment, place }) => {
      const name = repeated.has(place) ? `${place} ${setIdOf(segment)}` : place;
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return [`${name} ${times}`, segment];
    }),
  );
}

/** Field 1 of segments that repeat; those that have no set id there are told apart by their order alone. */
function setIdOf(segment: Segment): string {
  const [id] = isHeader(segment) ? [] : fieldsOf(segment);
  return id && /^\d+$/.test(id.wire) ? `#${Number(id.wire)}` : '';
}

import { recordKey } from './envelope.ts';

/** The last revision of each removed record, by `recordKey`; under `OTHERS` the highest of all that are not named. */
export type Gone = ReadonlyMap<string, number>;

/** How they lie in the header of a snapshot or squashed commit: the highest revisions first. */
export interface GoneMembers {
  gone?: readonly (readonly [store: string, id: string, rev: number])[];
  /** No removed record that is not named had a higher revision. */
  goneOthers?: number;
}

/** So many are named in one header; the others share one revision, from which each of them would go on. */
export const GONE_KEPT = 1_000;

/** No record has this key. */
const OTHERS = '';

/** The revision after which a record that is not there goes on: a revision is never given twice. */
export function lastRevOf(gone: Gone, store: string, id: string): number {
  return gone.get(recordKey(store, id)) ?? gone.get(OTHERS) ?? 0;
}

/** Depends on what was removed alone, and not on when it was cut before: two tabs that fold the same write the same. */
export function goneMembers(gone: Gone): GoneMembers {
  const named = [...gone]
    .filter(([key]) => key !== OTHERS)
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const others = Math.max(gone.get(OTHERS) ?? 0, named[GONE_KEPT]?.[1] ?? 0);
  return {
    ...(named.length > 0 && { gone: named.slice(0, GONE_KEPT).map(toMember) }),
    ...(others > 0 && { goneOthers: others }),
  };
}

/** What is known, and what a header says. Never throws: what is not as we write it is left out. */
export function recalled(known: Gone, { gone, goneOthers }: { gone?: unknown; goneOthers?: unknown }): Gone {
  const said: [string, unknown][] = [[OTHERS, goneOthers]];
  for (const member of Array.isArray(gone) ? gone : []) {
    const [store, id, rev]: unknown[] = Array.isArray(member) ? member : [];
    if (typeof store === 'string' && typeof id === 'string') said.push([recordKey(store, id), rev]);
  }
  return raised(
    known,
    said.filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])),
  );
}

/** Both, the higher revision of each. Few commits remove anything, so mostly it is what was known. */
export function raised(known: Gone, more: Iterable<readonly [string, number]>): Gone {
  let all: Map<string, number> | undefined;
  for (const [key, rev] of more) {
    all ??= new Map(known);
    all.set(key, Math.max(all.get(key) ?? 0, rev));
  }
  return all ?? known;
}

function toMember([key, rev]: readonly [string, number]) {
  const end = key.indexOf('\u0000');
  return [key.slice(0, end), key.slice(end + 1), rev] as const;
}

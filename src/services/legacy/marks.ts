import { isPlainObject } from '../../vault/canonical.ts';
import type { Stored } from '../../vault/contract.ts';
import { readMark } from '../../vault/marks.ts';
import type { Json } from '../../vault/types.ts';

/** What the vault remembers of one source: it holds for this content only. */
export interface SourceMark {
  /** Of all that it held. */
  readonly hash: string;
  readonly state: 'done' | 'partly';
  /** Of every row that was taken, so that none is taken twice. */
  readonly taken: readonly string[];
}

/** By record key, the hash of the data that was put there last: whether it was changed here since. */
export type Imported = Readonly<Record<string, string>>;

export const IMPORTED_MARK = 'legacy';

export function sourceMarkName(source: string): string {
  return `legacy ${source}`;
}

/** `null` where there is none, or none that can be trusted: then the source is read as if for the first time. */
export function sourceMark(stored: Pick<Stored, 'marks'>, source: string): SourceMark | null {
  const found = readMark(stored, sourceMarkName(source));
  if (!isPlainObject(found) || typeof found.hash !== 'string' || !Array.isArray(found.taken)) return null;
  const taken = found.taken.filter((hash): hash is string => typeof hash === 'string');
  return { hash: found.hash, state: found.state === 'done' ? 'done' : 'partly', taken };
}

export function importedMark(stored: Pick<Stored, 'marks'>): Imported {
  const found = readMark(stored, IMPORTED_MARK);
  if (!isPlainObject(found)) return {};
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** As a mark is stored. */
export function markOf({ hash, state, taken }: SourceMark): Json {
  return { hash, state, taken: [...taken] };
}

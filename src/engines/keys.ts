import type { Key, KeyRange } from './contract.ts';

/** The order of IndexedDB for the keys we use: strings before pairs, strings by code unit, pairs by seq, then page. */
export function compareKeys(left: Key, right: Key): number {
  if (typeof left === 'string') return typeof right !== 'string' || left < right ? -1 : Number(left > right);
  if (typeof right === 'string') return 1;
  return left[0] - right[0] || left[1] - right[1];
}

/** Both ends belong to the range. */
export function isWithin(range: KeyRange | undefined, key: Key): boolean {
  return !range || (compareKeys(range.from, key) <= 0 && compareKeys(key, range.to) <= 0);
}

import { expect, test } from 'vitest';
import type { Key } from '../../src/engines/contract.ts';
import { compareKeys, isWithin } from '../../src/engines/keys.ts';
import { freshIndexedDb } from '../support/indexeddb.ts';

const KEYS: readonly Key[] = [
  '',
  'a',
  'b',
  'B',
  'ä',
  '\uD800',
  [0, 0],
  [1, 2],
  [1, 11],
  [10, 0],
  [2, 5],
  [-1, 0],
];

test('keys compare as IndexedDB compares them, every pair', () => {
  const platform = freshIndexedDb();
  for (const left of KEYS) {
    for (const right of KEYS) {
      const ours = Math.sign(compareKeys(left, right));
      expect([left, right, ours]).toEqual([left, right, platform.cmp(left, right)]);
    }
  }
});

test('a range holds both ends; no range holds everything', () => {
  const range = { from: [2, 0], to: [3, 1] } as const;
  const held = (
    [
      [1, 9],
      [2, 0],
      [3, 1],
      [3, 2],
    ] as const
  ).map((key) => isWithin(range, key));
  expect(held).toEqual([false, true, true, false]);
  expect(isWithin(undefined, 'anything')).toBe(true);
});

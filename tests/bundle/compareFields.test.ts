import { describe, expect, test } from 'vitest';
import { compareFields, isAlikeIn } from '../../src/bundle/compareFields.ts';
import type { BundleStore } from '../../src/bundle/domain.ts';
import type { Json } from '../../src/vault/types.ts';

type Rules = Pick<BundleStore, 'quietMembers' | 'textMembers'>;

/** Texts are compared word by word, where they have as many. */
const rules: Rules = {
  quietMembers: new Map([['seen', (first, second) => first ?? second]]),
  textMembers: new Map([
    [
      'words',
      ({ first, second, base }) => {
        const [one, other, common] = [first, second, base].map((text) => text?.split(' '));
        if (!one || !other || one.length !== other.length) return undefined;
        const rows = one.flatMap((word, i) =>
          word === other[i]
            ? []
            : [
                {
                  path: `${i}`,
                  first: word,
                  second: other[i],
                  changed: common?.[i] === word ? 'second' : 'both',
                } as const,
              ],
        );
        return {
          rows,
          same: one.length - rows.length,
          merge: (sideOf) =>
            one.map((word, i) => (sideOf({ path: `${i}` }) === 'first' ? word : other[i])).join(' '),
          pieces: (sideOf) =>
            one.map((word, i) => {
              const path = word === other[i] ? null : `${i}`;
              const taken = sideOf({ path: `${i}` }) === 'first' ? word : (other[i] ?? '');
              return { text: i === 0 ? taken : ` ${taken}`, path };
            }),
          sameFields: () => one.flatMap((wire, i) => (wire === other[i] ? [{ path: `${i}`, wire }] : [])),
        };
      },
    ],
  ]),
};
const rowsOf = (first: Json, second: Json, base?: Json) =>
  compareFields({ first, second, base }, rules)?.rows.map(({ path, changed }) => [path, changed]);

describe('comparing two records', () => {
  test('[I5] says who changed a member, where what both had is known', () => {
    const base = { a: 1, b: 1, c: 1, gone: 1 };
    const first = { a: 2, b: 1, c: 2, gone: 1, made: 1 };
    const second = { a: 1, b: 2, c: 3 };
    expect(rowsOf(first, second, base)).toEqual([
      ['a', 'first'],
      ['b', 'second'],
      ['c', 'both'],
      ['gone', 'second'],
      ['made', 'first'],
    ]);
    expect(rowsOf(first, second, 'no record')?.map(([, changed]) => changed)).toEqual(Array(5).fill('both'));
    const merged = compareFields({ first, second, base }, rules)?.merge((path) =>
      path === 'a' ? 'first' : 'second',
    );
    expect(merged).toEqual({ a: 2, b: 2, c: 3 });
  });

  test('[I5] looks into texts that a store knows, and takes them whole where it does not', () => {
    const base = { words: 'one two three' };
    expect(rowsOf({ words: 'one two three' }, { words: 'one 2 three' }, base)).toEqual([
      ['words/1', 'second'],
    ]);
    expect(rowsOf({ words: 'one two' }, { words: 'one 2' }, { words: 7 })).toEqual([['words/1', 'both']]);
    expect(rowsOf({ words: 'one two' }, { words: 'one' })).toEqual([['words', 'both']]);
    expect(rowsOf({ words: 'one two' }, { words: null })).toEqual([['words', 'both']]);
    const found = compareFields({ first: { words: 'a b' }, second: { words: 'x b' } }, rules);
    expect([found?.same, found?.merge(() => 'second')]).toEqual([1, { words: 'x b' }]);
  });

  test('[I5] a text comes in pieces, each with the row it is of; joined they are what is merged', () => {
    const found = compareFields({ first: { n: 1, words: 'a b c' }, second: { n: 2, words: 'a x c' } }, rules);
    const sideOf = (path: string) => (path === 'words/1' ? 'second' : 'first');
    const [text, ...others] = found?.texts(sideOf) ?? [];
    expect(others).toEqual([]);
    expect(text).toEqual({
      member: 'words',
      pieces: [
        { text: 'a', path: null },
        { text: ' x', path: 'words/1' },
        { text: ' c', path: null },
      ],
    });
    expect(found?.merge(sideOf)).toEqual({ n: 1, words: 'a x c' });
  });

  test('[I5] a text that is the same, or taken as a whole, is one piece', () => {
    const same = compareFields({ first: { n: 1, words: 'a\r\nb' }, second: { n: 2, words: 'a\nb' } }, rules);
    expect(same?.texts(() => 'second')).toEqual([
      { member: 'words', pieces: [{ text: 'a\r\nb', path: null }] },
    ]);
    const whole = compareFields({ first: { words: 'a b' }, second: { words: 'a' } }, rules);
    expect(whole?.texts(() => 'second')).toEqual([
      { member: 'words', pieces: [{ text: 'a', path: 'words' }] },
    ]);
    const absent = compareFields({ first: { words: 'a' }, second: {} }, rules);
    expect(absent?.texts(() => 'second')).toEqual([{ member: 'words', pieces: [] }]);
  });

  test('what is the same is named as it is counted', () => {
    const found = compareFields(
      { first: { a: 1, b: 1, words: 'x y' }, second: { a: 1, b: 2, words: 'x z' } },
      rules,
    );
    expect(found?.same).toBe(2);
    expect(found?.sameFields()).toEqual([
      { path: 'a', value: 1 },
      { path: 'words/0', value: 'x' },
    ]);
  });

  test('[I5] a name of Object.prototype is a member like any other', () => {
    expect(rowsOf({ toString: 1 }, { valueOf: 2 })).toEqual([
      ['toString', 'both'],
      ['valueOf', 'both'],
    ]);
  });

  test('what is no record is taken as a whole; quiet members are no difference', () => {
    expect(compareFields({ first: 'x', second: { a: 1 } }, rules)).toBeUndefined();
    expect(compareFields({ first: { a: 1 }, second: [1] }, rules)).toBeUndefined();
    expect(isAlikeIn({ a: 1, seen: 1 }, { a: 1, seen: 2 }, rules)).toBe(true);
    expect(isAlikeIn({ a: 1, seen: 1 }, { a: 1, seen: 2 }, {})).toBe(false);
    expect(isAlikeIn('x', { a: 1 }, rules)).toBe(false);
    expect(rowsOf({ a: 1, seen: 1 }, { a: 1, seen: 2 })).toEqual([]);
    const late = compareFields({ first: { a: 1 }, second: { a: 1, seen: 2 } }, rules);
    expect(late?.merge(() => 'first')).toEqual({ a: 1, seen: 2 });
  });
});

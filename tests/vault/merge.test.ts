import { describe, expect, test } from 'vitest';
import { mergeRecords } from '../../src/vault/merge.ts';

const base = { name: 'n', text: 't', tags: ['a'] };

describe('a merge by members', () => {
  test('[F55] takes what only one side changed', () => {
    const merged = mergeRecords(base, { ...base, name: 'ours' }, { ...base, text: 'theirs' });
    expect(merged).toEqual({ kind: 'merged', data: { name: 'ours', text: 'theirs', tags: ['a'] } });
  });

  test('takes either side whole when the other did nothing', () => {
    const edited = { ...base, name: 'x' };
    expect(mergeRecords(base, base, edited)).toEqual({ kind: 'merged', data: edited });
    expect(mergeRecords(base, edited, base)).toEqual({ kind: 'merged', data: edited });
  });

  test('also where these are no objects, and of members that are', () => {
    expect(mergeRecords(['a'], ['a'], ['b'])).toEqual({ kind: 'merged', data: ['b'] });
    expect(mergeRecords(['a'], ['b'], ['a'])).toEqual({ kind: 'merged', data: ['b'] });
    const ours = { name: 'ours', tags: ['b'], list: [1], more: [1] };
    const theirs = { name: 'n', tags: ['b'], list: [1, 2], more: [1] };
    expect(mergeRecords({ name: 'n', tags: ['a'], list: [1] }, ours, theirs)).toEqual({
      kind: 'merged',
      data: { ...theirs, name: 'ours' },
    });
  });

  test('asks only about members that both changed, each in another way', () => {
    const merged = mergeRecords(
      base,
      { ...base, name: 'a', text: 'same' },
      { ...base, name: 'b', text: 'same' },
    );
    expect(merged).toEqual({ kind: 'conflict', members: ['name'] });
  });

  test('members that come and go are changes like others', () => {
    const { tags: _, ...without } = base;
    expect(mergeRecords(base, without, { ...base, more: 1 })).toEqual({
      kind: 'merged',
      data: { name: 'n', text: 't', more: 1 },
    });
    expect(mergeRecords(base, without, { ...base, tags: ['b'] })).toEqual({
      kind: 'conflict',
      members: ['tags'],
    });
    expect(mergeRecords({ ...base, a: 1 }, base, { ...base, a: 1, b: 2 })).toEqual({
      kind: 'merged',
      data: { ...base, b: 2 },
    });
  });

  test('equal sides are no conflict, whatever they came from', () => {
    expect(mergeRecords(undefined, { a: 1, b: 2 }, { b: 2, a: 1 })).toEqual({
      kind: 'merged',
      data: { a: 1, b: 2 },
    });
  });

  test('without a common version, or with anything but members, a person decides', () => {
    expect(mergeRecords(undefined, { a: 1 }, { a: 2 })).toEqual({ kind: 'conflict', members: [] });
    expect(mergeRecords('a', 'b', 'c')).toEqual({ kind: 'conflict', members: [] });
  });

  test('[I20] a member named __proto__ is one like any other', () => {
    const odd = JSON.parse('{"__proto__":{"polluted":1},"a":1}');
    const merged = mergeRecords({ a: 1 }, odd, { a: 1, b: 1 });
    expect(merged.kind === 'merged' && JSON.stringify(merged.data)).toBe(
      '{"__proto__":{"polluted":1},"a":1,"b":1}',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

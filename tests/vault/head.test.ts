import { describe, expect, test } from 'vitest';
import { StorageError } from '../../src/engines/errors.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { HEAD_KEY, headOf, headText, parseHead } from '../../src/vault/head.ts';

const stored = (value: unknown) => toBytes(JSON.stringify(value));

describe('a head', () => {
  test('names a commit, by canonical text', () => {
    expect(HEAD_KEY).toBe('head');
    expect(headText({ seq: 3, seal: 's' })).toBe('{"seal":"s","seq":3}');
    expect(parseHead(toBytes(headText({ seq: 3, seal: 's' })))).toEqual({ seq: 3, seal: 's' });
    // What a newer build adds is of no concern.
    expect(parseHead(stored({ seq: 3, seal: 's', more: 1 }))).toEqual({ seq: 3, seal: 's' });
  });

  test.each([
    ['no bytes', { seq: 3, seal: 's' }],
    ['bytes of another kind', stored({ seq: 3, seal: 's' }).buffer],
    ['no JSON', toBytes('{"seal"')],
    ['null', stored(null)],
    ['a list', stored([3, 's'])],
    ['without a seal', stored({ seq: 3 })],
    ['with a number that is none', stored({ seal: 's', seq: '3' })],
    ['with a broken number', stored({ seal: 's', seq: 3.5 })],
  ])('[I13] is none where it is %s', (_, value) => {
    expect(parseHead(value)).toBeNull();
    expect(headOf({ key: HEAD_KEY, value })).toBeNull();
  });

  test('[F31] is none where it is absent or cannot be read', () => {
    expect(headOf(undefined)).toBeNull();
    expect(headOf({ key: HEAD_KEY, error: new StorageError('corrupt', 'unreadable') })).toBeNull();
    expect(headOf({ key: HEAD_KEY, value: stored({ seq: 3, seal: 's' }) })).toEqual({ seq: 3, seal: 's' });
  });
});

import { describe, expect, test } from 'vitest';
import { recordKey } from '../../src/vault/envelope.ts';
import { GONE_KEPT, type Gone, goneMembers, lastRevOf, raised, recalled } from '../../src/vault/gone.ts';

const NONE: Gone = new Map();
const gone = (...entries: [id: string, rev: number][]): Gone =>
  new Map(entries.map(([id, rev]) => [recordKey('notes', id), rev]));

describe('what is known of removed records', () => {
  test('[I8] is the last revision of each, and of those without a name the highest', () => {
    const known = recalled(gone(['a', 3]), { goneOthers: 2 });
    expect(['a', 'b'].map((id) => lastRevOf(known, 'notes', id))).toEqual([3, 2]);
    expect(lastRevOf(gone(['a', 3]), 'notes', 'b')).toBe(0);
    expect(lastRevOf(known, 'settings', 'a')).toBe(2);
  });

  test('[I8] lies in a header by revision, the highest first, then by name', () => {
    expect(goneMembers(gone(['b', 2], ['a', 2], ['c', 5]))).toEqual({
      gone: [
        ['notes', 'c', 5],
        ['notes', 'a', 2],
        ['notes', 'b', 2],
      ],
    });
    expect(goneMembers(gone(['a', 2], ['b', 2]))).toEqual(goneMembers(gone(['b', 2], ['a', 2])));
    expect(goneMembers(NONE)).toEqual({});
    expect(goneMembers(recalled(NONE, { goneOthers: 4 }))).toEqual({ goneOthers: 4 });
  });

  test('[I8] is named up to a limit; what is beyond it goes on from the highest that is not named', () => {
    const many = (more: number) =>
      gone(...Array.from({ length: GONE_KEPT + more }, (_, i): [string, number] => [`r${i}`, i + 1]));
    expect(goneMembers(many(0))).not.toHaveProperty('goneOthers');
    const { gone: named = [], goneOthers } = goneMembers(many(5));
    expect(named).toHaveLength(GONE_KEPT);
    expect([named[0], named.at(-1), goneOthers]).toEqual([
      ['notes', `r${GONE_KEPT + 4}`, GONE_KEPT + 5],
      ['notes', 'r5', 6],
      5,
    ]);
    expect(goneMembers(recalled(many(5), { goneOthers: 9 })).goneOthers).toBe(9);
    expect(goneMembers(recalled(many(5), { goneOthers: 2 })).goneOthers).toBe(5);
  });

  test('[I8] comes back from a header as it went in; a revision is never taken back', () => {
    const known = gone(['a', 3], ['b', 1]);
    expect(recalled(NONE, goneMembers(known))).toEqual(known);
    expect(recalled(gone(['a', 5], ['c', 2]), goneMembers(known))).toEqual(
      gone(['a', 5], ['b', 1], ['c', 2]),
    );
    expect(recalled(known, {})).toBe(known);
    expect(raised(known, [])).toBe(known);
    expect(known).toEqual(gone(['a', 3], ['b', 1]));
  });

  test('[I13] is left out where it is not as we write it', () => {
    const odd = [
      null,
      7,
      [],
      ['notes'],
      ['notes', 'a', '3'],
      ['notes', 'a', 0.5],
      ['notes', 7, 3],
      [7, 'a', 3],
    ];
    for (const members of [{ gone: odd }, { gone: 'odd' }, { gone: null, goneOthers: '4' }]) {
      expect(recalled(gone(['x', 1]), members)).toEqual(gone(['x', 1]));
    }
    expect(recalled(NONE, { gone: [...odd, ['notes', 'b', 2]] })).toEqual(gone(['b', 2]));
  });
});

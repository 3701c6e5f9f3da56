import { describe, expect, test } from 'vitest';
import { commitHeader, newerThanUs, snapshotHeader } from '../../src/vault/header.ts';
import type { Sheet } from '../../src/vault/sheet.ts';
import { RULES } from './world.ts';

const common = {
  count: { notes: 1 },
  format: 1,
  pages: ['digest'],
  state: '0'.repeat(64),
  vault: 'v',
  versions: { notes: 1 },
};
const commit = { ...common, at: '2026-01-01T00:00:00.000Z', id: 'c', kind: 'save', prev: null };
const snapshot = { ...common, anchor: 'seal', kind: 'snapshot' };

const sheet = (kind: Sheet['kind'], sealed: Sheet['sealed']): Sheet => ({
  kind,
  seq: 1,
  header: sealed,
  sealed,
  pages: [],
});

const wrong: [string, unknown][] = [
  ['count', []],
  ['format', 2],
  ['pages', 'digest'],
  ['state', 7],
  ['state', '0'.repeat(63)],
  ['state', '0'.repeat(65)],
  ['state', 'g'.repeat(64)],
  ['state', ['0'.repeat(64)]],
  ['vault', 7],
  ['versions', []],
];

describe('a header', () => {
  test('[I3] is that of a commit or of a snapshot, each in its place, and sealed', () => {
    expect(commitHeader(sheet('log', commit))).toBe(commit);
    expect(commitHeader(sheet('log', { ...commit, prev: 'seal' }))).not.toBeNull();
    expect(snapshotHeader(sheet('snapshots', snapshot))).toBe(snapshot);
    expect(commitHeader(sheet('log', null))).toBeNull();
    expect(snapshotHeader(sheet('snapshots', null))).toBeNull();
    expect(commitHeader(sheet('snapshots', commit))).toBeNull();
    expect(snapshotHeader(sheet('log', snapshot))).toBeNull();
    expect(commitHeader(sheet('log', { ...commit, kind: 'snapshot' }))).toBeNull();
    expect(snapshotHeader(sheet('snapshots', { ...snapshot, kind: 'save' }))).toBeNull();
  });

  test.each([...wrong, ['id', 7], ['at', 7], ['prev', 7]] as [string, unknown][])(
    '[I3] of a commit is none where %s is %s',
    (member, value) => {
      expect(commitHeader(sheet('log', { ...commit, [member]: value }))).toBeNull();
    },
  );

  test.each([...wrong, ['anchor', 7]] as [string, unknown][])(
    '[I3] of a snapshot is none where %s is %s',
    (member, value) => {
      expect(snapshotHeader(sheet('snapshots', { ...snapshot, [member]: value }))).toBeNull();
    },
  );
});

describe('newer than this build', () => {
  const found = (header: Sheet['header']) => newerThanUs(sheet('log', header), RULES);

  test('[I7] is a format above ours', () => {
    expect(found({ ...commit, format: 2 })).toEqual({ format: 2 });
    expect(found({ format: 2, versions: { notes: 9 } })).toEqual({ format: 2 });
    for (const format of [1, 0, '2', null]) expect(found({ ...commit, format })).toBeNull();
  });

  test('[I7] [I20] is a version above ours of a store that we know, and no other', () => {
    const versions = { notes: 2, settings: 1, other: 9 };
    expect(found({ ...commit, versions })).toEqual({ notes: 2 });
    expect(found({ versions })).toEqual({ notes: 2 });
    for (const same of [{ notes: 1, settings: 1 }, { other: 9 }, {}, { notes: '2' }, [9], 'notes', null])
      expect(found({ ...commit, versions: same })).toBeNull();
    expect(found(null)).toBeNull();
  });
});

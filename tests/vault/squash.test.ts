import { describe, expect, test } from 'vitest';
import { toText } from '../../src/vault/bytes.ts';
import type { CommitHeader, RecordChange } from '../../src/vault/commit.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { type ReadCommit, squash } from '../../src/vault/squash.ts';
import type { Envelope } from '../../src/vault/types.ts';

const record = (id: string, rev: number): Envelope => ({
  checksum: `${rev}`.repeat(64),
  createdAt: '2026-01-01T00:00:00.000Z',
  data: { rev },
  id,
  rev,
  store: 'notes',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
});

const made = (id: string, rev: number): RecordChange => ({ after: record(id, rev), before: null });
const edited = (id: string, rev: number): RecordChange => ({
  after: record(id, rev),
  before: record(id, rev - 1),
});
const removed = (id: string, rev: number): RecordChange => ({ after: null, before: record(id, rev) });

const commit = (
  seq: number,
  changes: readonly RecordChange[],
  more: Partial<CommitHeader> = {},
): ReadCommit => ({
  header: {
    at: `2026-01-01T00:00:0${seq % 10}.000Z`,
    by: 'd-test',
    count: { notes: seq },
    format: 1,
    id: `c-${seq}`,
    kind: 'save',
    label: `${seq}`,
    pages: [`digest ${seq}`],
    prev: seq > 1 ? `seal ${seq - 1}` : null,
    seal: `seal ${seq}`,
    seq,
    state: `${seq}`,
    undoes: null,
    vault: 'v',
    versions: { notes: 1 },
    ...more,
  },
  changes,
});

async function squashed(...commits: readonly ReadCommit[]) {
  const [first, ...rest] = commits;
  if (!first) throw new Error('no commit');
  const { header, pages } = await squash([first, ...rest], digestWith(undefined));
  const [, ...lines] = pages.map(toText).join('').trimEnd().split('\n');
  return { header, changes: lines.filter(Boolean).map((line) => JSON.parse(line) as RecordChange) };
}

describe('what several commits become', () => {
  test('[I11] stands where the last one stood, with its state and link, and begins where the first one did', async () => {
    const { header } = await squashed(
      commit(4, [], { pin: { name: 'import', days: 30 }, undoes: 'c-1' }),
      commit(5, [], { pin: { name: 'clear', days: 30 } }),
      commit(6, [], { undoes: 'c-2' }),
    );
    expect(header).toEqual({
      ...commit(6, []).header,
      absorbed: ['c-4', 'c-5', 'c-6'],
      anchor: 'seal 6',
      from: 4,
      to: 6,
      prev: 'seal 3',
      pin: { name: 'import', days: 30 },
      pages: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      seal: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await squashed(commit(1, []), commit(2, []))).header).not.toHaveProperty('pin');
  });

  test('[I11] of what is squashed already keeps where it began, its names and its link', async () => {
    const { header } = await squashed(
      commit(4, [], { from: 2, to: 4, absorbed: ['c-2', 'c-3', 'c-4'], anchor: 'once 4' }),
      commit(6, [], { from: 5, to: 6, absorbed: ['c-5', 'c-6'], anchor: 'once 6' }),
    );
    expect(header).toMatchObject({
      absorbed: ['c-2', 'c-3', 'c-4', 'c-5', 'c-6'],
      anchor: 'once 6',
      from: 2,
      to: 6,
    });
  });

  test('of very many names keeps the newest thousand', async () => {
    const absorbed = Array.from({ length: 1_500 }, (_, i) => `old ${i}`);
    const { header } = await squashed(commit(2, [], { absorbed }), commit(3, []));
    expect(header.absorbed).toEqual([...absorbed.slice(501), 'c-3']);
  });

  test('[I11] holds for each record what was there before the first and after the last', async () => {
    const { changes } = await squashed(
      commit(1, [made('a', 1), edited('b', 5), edited('c', 3), removed('e', 2)]),
      commit(2, [edited('a', 2), removed('c', 3), made('d', 1)]),
      commit(3, [removed('d', 1), { after: record('e', 3), before: null }]),
    );
    expect(changes).toEqual([
      { after: record('a', 2), before: null },
      { after: record('b', 5), before: record('b', 4) },
      { after: null, before: record('c', 2) },
      { after: record('e', 3), before: record('e', 2) },
    ]);
  });

  test('[I8] remembers the last revision of what was removed, and what was remembered already', async () => {
    const { header } = await squashed(
      commit(1, [made('d', 1), removed('c', 3)], { gone: [['notes', 'x', 7]] }),
      commit(2, [removed('d', 1)], { goneOthers: 4 }),
    );
    expect(header.gone).toEqual([
      ['notes', 'x', 7],
      ['notes', 'c', 3],
      ['notes', 'd', 1],
    ]);
    expect(header.goneOthers).toBe(4);
    const none = (await squashed(commit(1, [made('d', 1)]), commit(2, []))).header;
    expect([none.gone, none.goneOthers]).toEqual([undefined, undefined]);
  });
});

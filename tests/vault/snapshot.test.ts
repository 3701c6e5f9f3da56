import { expect, test } from 'vitest';
import { toText } from '../../src/vault/bytes.ts';
import { emptyState, openDraft } from '../../src/vault/draft.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { makeSnapshotBody, sealSnapshot } from '../../src/vault/snapshot.ts';
import type { Aside } from '../../src/vault/types.ts';

const at = '2026-01-01T00:00:00.000Z';

async function snapshotOf(names: readonly [store: string, id: string][], asides: readonly Aside[] = []) {
  const draft = openDraft(emptyState('v'));
  for (const [store, id] of names) {
    const content = { createdAt: at, data: null, id, store, updatedAt: at, version: 1 };
    draft.set(store, id, { ...content, checksum: recordChecksum(content), rev: 1 });
  }
  const head = { seq: 1, seal: 'seal' };
  const state = draft.close({ head, asides });
  const { header, pages } = sealSnapshot(state, await makeSnapshotBody(state, digestWith(undefined)), head);
  const [, ...lines] = pages.map(toText).join('').trimEnd().split('\n');
  return { header, lines: lines.map((line) => JSON.parse(line) as { store: string; id: string }) };
}

test('[F68] a snapshot holds its records by store and id, in whatever order they came', async () => {
  const names: [string, string][] = [
    ['b', '2'],
    ['b', '10'],
    ['a', '1'],
    ['b', '1'],
    ['a', '3'],
    ['a', '2'],
  ];
  const one = await snapshotOf(names);
  expect(one.lines.map(({ store, id }) => store + id)).toEqual(['a1', 'a2', 'a3', 'b1', 'b10', 'b2']);
  expect(one.header).not.toHaveProperty('aside');
  expect((await snapshotOf(names.reverse())).header).toEqual(one.header);
});

test('[I4] what was set aside comes last, and is counted', async () => {
  const aside: Aside = { aside: btoa('damaged'), id: 'x', store: 'a', why: 'corrupt:checksum' };
  const { header, lines } = await snapshotOf([['b', '1']], [aside, aside]);
  expect(lines).toEqual([expect.objectContaining({ store: 'b' }), aside, aside]);
  expect(header).toMatchObject({ aside: 2, count: { b: 1 } });
});

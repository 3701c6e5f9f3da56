import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordList } from '../../src/client/recordViews.ts';
import { emptyState, openDraft } from '../../src/vault/draft.ts';
import { lastRevOf } from '../../src/vault/gone.ts';
import type { Envelope } from '../../src/vault/types.ts';

function envelope(store: string, id: string, data: Envelope['data'], age: number, rev = 1): Envelope {
  const createdAt = new Date(age * 1_000).toISOString();
  return { checksum: '0'.repeat(64), createdAt, data, id, rev, store, updatedAt: createdAt, version: 1 };
}

type Change = { store: 'notes' | 'other'; id: string; age: number } & (
  | { kind: 'put'; text: string }
  | { kind: 'remove' }
  | { kind: 'draft' }
  | { kind: 'undraft' }
);

const change: fc.Arbitrary<Change> = fc
  .record({
    store: fc.constantFrom('notes' as const, 'notes' as const, 'other' as const),
    id: fc.nat(12).map((n) => `n-${n}`),
    age: fc.nat(3),
    text: fc.string({ maxLength: 3 }),
    kind: fc.constantFrom(
      'put' as const,
      'put' as const,
      'remove' as const,
      'draft' as const,
      'undraft' as const,
    ),
  })
  .map((made) => made as Change);

/** One commit, as the vault makes the next state of it. */
function committed(state: ReturnType<typeof emptyState>, changes: readonly Change[]) {
  const draft = openDraft(state);
  for (const one of changes) {
    const { store, id, age } = one;
    const lastRev = draft.get(store, id)?.rev ?? lastRevOf(draft.gone(), store, id);
    if (one.kind === 'put') draft.set(store, id, envelope(store, id, { text: one.text }, age, lastRev + 1));
    else if (one.kind === 'remove') draft.set(store, id, null);
    else {
      const key = `${store}/${id}`;
      const data = { store, id, data: { text: 'draft' } };
      draft.set('drafts', key, one.kind === 'draft' ? envelope('drafts', key, data, age) : null);
    }
  }
  return draft.close({ head: { seq: state.head.seq + 1, seal: null } });
}

describe('The list of a store', () => {
  it('is, after any commits, what one made anew would be, and unchanged records are the same objects', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 40 }), (commits) => {
        const list = createRecordList('notes');
        let state = emptyState('v');
        let before = list(state, []);
        for (const changes of commits) {
          state = committed(state, changes);
          const now = list(state, []);
          expect(now).toEqual(createRecordList('notes')(state, []));
          for (const view of now) {
            const known = before.find(({ id, isDraft }) => id === view.id && isDraft === view.isDraft);
            const record = state.records.get(view.isDraft ? 'drafts' : 'notes');
            if (
              known &&
              record &&
              JSON.stringify(known) === JSON.stringify(view) &&
              wasLeft(changes, view.id)
            )
              expect(known).toBe(view);
          }
          before = now;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[T3] costs the edit, not the store: a commit of one of 10,000 records is shown in a fraction of making it anew', () => {
    const all = Array.from({ length: 10_000 }, (_, i) => envelope('notes', `n-${i}`, { text: '' }, i));
    let state = emptyState('v');
    const draft = openDraft(state);
    for (const record of all) draft.set('notes', record.id, record);
    state = draft.close({ head: { seq: 1, seal: null } });
    const list = createRecordList('notes');
    list(state, []);
    const times = { edit: [] as number[], anew: [] as number[] };
    for (let i = 0; i < 15; i += 1) {
      state = committed(state, [
        { store: 'notes', id: `n-${i * 600}`, age: i * 600, kind: 'put', text: `${i}` },
      ]);
      const anew = createRecordList('notes');
      times.edit.push(timed(() => list(state, [])));
      times.anew.push(timed(() => anew(state, [])));
      expect(list(state, [])[i * 600]?.data).toEqual({ text: `${i}` });
    }
    expect(median(times.edit)).toBeLessThan(median(times.anew) / 4);
  });
});

function wasLeft(changes: readonly Change[], id: string): boolean {
  return !changes.some((one) => one.id === id);
}

function timed(task: () => unknown): number {
  const startedAt = performance.now();
  task();
  return performance.now() - startedAt;
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[samples.length >> 1] ?? 0;
}

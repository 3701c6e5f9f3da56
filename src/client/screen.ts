import type { Tag } from '../../machines/types.ts';
import { sidesOf } from '../services/sides.ts';
import type { VaultState } from '../vault/contract.ts';
import type { Documents } from './documents.ts';
import type { Emitter } from './emitter.ts';
import { createRecordList } from './recordViews.ts';
import type { AnyStore, Store } from './store.ts';
import type { DocumentView, RecordsView, View } from './types.ts';

interface Options {
  changed: Emitter;
  documents: Documents;
  /** What is shown; null while nothing was verified. */
  state(): VaultState | null;
  isReadOnly(): boolean;
}

const NO_TAGS: ReadonlySet<Tag> = new Set();
const SAVED: ReadonlySet<Tag> = new Set<Tag>(['resting', 'saved', 'safe-to-close']);

/** What is on screen: what is stored, under what is being edited. Each view is the same object until it has changed. */
export function createScreen({ changed, documents, state, isReadOnly }: Options) {
  const lists = new Map<string, View<RecordsView<unknown>>>();

  const recordsView = (store: string): View<RecordsView<unknown>> => {
    const list = createRecordList(store);
    let last: { inputs: readonly unknown[]; view: RecordsView<unknown> } | undefined;
    return {
      subscribe: changed.subscribe,
      getSnapshot() {
        const now = state();
        const living = documents.of(store);
        const inputs = [now?.records, isReadOnly(), ...living.map(({ actor }) => actor.getSnapshot())];
        if (last && isSame(last.inputs, inputs)) return last.view;
        const view: RecordsView<unknown> = now
          ? { kind: 'ready', records: list(now, living), readOnly: isReadOnly() }
          : { kind: 'loading' };
        last = { inputs, view };
        return view;
      },
    };
  };

  const documentView = (store: string, id: string): DocumentView<unknown> => {
    const now = state();
    if (!now) return { kind: 'loading' };
    const actor = documents.get(store, id);
    if (!actor) {
      const { record, draft } = sidesOf(now, store, id);
      const isDraft = draft.rev > 0;
      const data = isDraft ? draft.data : record.data;
      if (data === undefined) return { kind: 'missing' };
      const readOnly = isReadOnly();
      return { kind: 'open', data, isDraft, readOnly, tags: readOnly ? NO_TAGS : SAVED, finding: null };
    }
    const { context, tags } = actor.getSnapshot();
    if (context.data === undefined || context.place === 'nowhere') return { kind: 'missing' };
    return {
      kind: 'open',
      data: context.data,
      isDraft: context.place === 'draft',
      readOnly: isReadOnly(),
      tags: tags as ReadonlySet<Tag>,
      finding: context.finding,
    };
  };

  return {
    records<T>({ name }: Store<T>): View<RecordsView<T>> {
      const view = lists.get(name) ?? recordsView(name);
      lists.set(name, view);
      // What a store holds passed its schema, when it was edited here or when it was loaded.
      return view as View<RecordsView<T>>;
    },

    document<T>({ name }: Store<T> & AnyStore, id: string): View<DocumentView<T>> {
      let last: { inputs: readonly unknown[]; view: DocumentView<T> } | undefined;
      return {
        subscribe(listener) {
          const unsubscribe = changed.subscribe(listener);
          const leave = documents.use(name, id);
          return () => {
            unsubscribe();
            leave();
          };
        },
        getSnapshot() {
          const inputs = [state()?.records, isReadOnly(), documents.get(name, id)?.getSnapshot()];
          if (last && isSame(last.inputs, inputs)) return last.view;
          const view = documentView(name, id) as DocumentView<T>;
          last = { inputs, view };
          return view;
        },
      };
    },
  };
}

/** The same list as long as its members are the same. */
export function memoList<T>(make: () => readonly T[]): () => readonly T[] {
  let last: readonly T[] = [];
  return () => {
    const now = make();
    if (!isSame(last, now)) last = now;
    return last;
  };
}

function isSame(first: readonly unknown[], second: readonly unknown[]): boolean {
  return first.length === second.length && first.every((value, index) => value === second[index]);
}

import { useMemo } from 'react';
import type { Store } from '../client/store.ts';
import type { DocumentView, SaveResult } from '../client/types.ts';
import { usePersistence } from './context.ts';
import { useView } from './useView.ts';

export interface DocumentCommands<T> {
  /** Shows at once; saved 500 ms after the first edit. @throws NotReady, InvalidRecord */
  edit(next: T): void;
  /** Saves now; a draft becomes a record. */
  save(): Promise<SaveResult>;
  /** Leaves the editor: what is edited is saved first, a new draft that nobody typed into leaves nothing. */
  close(): Promise<SaveResult>;
  /** Cancel of a new draft: nothing of it stays. */
  discard(): Promise<void>;
}

/** One document, and what can be done with it. It lives outside of React: leaving the screen loses nothing. */
export function useDocument<T>(store: Store<T>, id: string): DocumentView<T> & DocumentCommands<T> {
  const client = usePersistence();
  const view = useView(useMemo(() => client.document(store, id), [client, store, id]));
  const commands = useMemo<DocumentCommands<T>>(
    () => ({
      edit: (next) => client.edit(store, id, next),
      save: () => client.save(store, id),
      close: () => client.closeDocument(store, id),
      discard: () => client.discard(store, id),
    }),
    [client, store, id],
  );
  return useMemo(() => ({ ...view, ...commands }), [view, commands]);
}

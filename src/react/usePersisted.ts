import type { Store } from '../client/store.ts';
import type { RecordsView } from '../client/types.ts';
import { usePersistence } from './context.ts';
import { useView } from './useView.ts';

/** All records of a store as they are on screen: oldest first, drafts last, edits shown at once. */
export function usePersisted<T>(store: Store<T>): RecordsView<T> {
  return useView(usePersistence().records(store));
}

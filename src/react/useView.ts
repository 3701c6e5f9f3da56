import { useSyncExternalStore } from 'react';
import type { View } from '../client/types.ts';

/** What a view shows now; drawn again only when it has changed. */
export function useView<T>(view: View<T>): T {
  return useSyncExternalStore(view.subscribe, view.getSnapshot, view.getSnapshot);
}

import type { BundleStore } from '../../bundle/domain.ts';
import type { ImportHands } from './hands.ts';

/** What files know of the store of a conflict. @throws Error when there is no such store: no plan made this conflict */
export function storeOf({ domain }: Pick<ImportHands, 'domain'>, { store }: { store: string }): BundleStore {
  const found = domain.stores.get(store);
  if (!found) throw new Error('A conflict in a store that is none');
  return found;
}

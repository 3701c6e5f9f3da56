import type { Environment } from '../environment.ts';
import type { CommitPlan } from '../vault/types.ts';
import { type AnyStore, checkedData, type Store } from './store.ts';

/** One record that a new vault begins with. */
export interface Seed {
  readonly store: AnyStore;
  readonly id: string;
  readonly data: unknown;
}

/** Where earlier versions of an app kept their data. While any of it is there, this is no first run. */
export interface LegacySources {
  readonly localStorageKeys: readonly string[];
  /** Names of IndexedDB databases. */
  readonly databases: readonly string[];
}

/** Landed with the seeds, so that everyone can see that they were planted, once. */
const SEEDED_MARK = 'seeded';

/** The one commit that plants seeds; null when there are none. @throws InvalidRecord */
export function seedPlan(seeds: readonly Seed[], id: string): CommitPlan | null {
  if (seeds.length === 0) return null;
  return {
    id,
    kind: 'save',
    label: 'Examples',
    changes: seeds.map(({ store, id: recordId, data }) => ({
      store: store.name,
      id: recordId,
      data: checkedData(store as Store<unknown>, data),
      baseRev: 0,
    })),
    marks: { [SEEDED_MARK]: true },
  };
}

/**
 * Is it proven that no earlier version left anything? Only looks, opens nothing. What cannot be looked at is not proven:
 * better no examples than examples beside someone's data (I12).
 */
export async function hasNoLegacy(environment: Environment, { localStorageKeys, databases }: LegacySources) {
  try {
    const storage = environment.localStorage?.();
    if (localStorageKeys.length > 0 && !storage) return false;
    if (localStorageKeys.some((key) => storage?.getItem(key) != null)) return false;
    if (databases.length === 0) return true;
    const found = await environment.indexedDB?.()?.databases();
    return found !== undefined && !found.some(({ name }) => name !== undefined && databases.includes(name));
  } catch {
    return false;
  }
}

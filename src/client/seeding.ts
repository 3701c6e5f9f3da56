import type { CommitPlan } from '../vault/types.ts';
import { type AnyStore, checkedData, type Store } from './store.ts';

/** One record that a new vault begins with. */
export interface Seed {
  readonly store: AnyStore;
  readonly id: string;
  readonly data: unknown;
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

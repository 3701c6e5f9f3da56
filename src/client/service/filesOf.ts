import type { BundleDomain, BundleStore, SeedReading, SeedRow } from '../../bundle/domain.ts';
import { DRAFTS } from '../../services/sides.ts';
import type { Json } from '../../vault/types.ts';
import { DRAFT_RULES } from '../draftStore.ts';
import { type AnyStore, rulesOf, type Store, whereUnsound } from '../store.ts';

/** What can be known of an app's files from its stores alone, where it says nothing more of them itself. */
export function filesOf(application: string, stores: readonly AnyStore[]): BundleDomain {
  const known = stores.map((store) => [store.name, inFiles(store)] as const);
  return { application, stores: new Map<string, BundleStore>([...known, [DRAFTS, DRAFTS_IN_FILES]]) };
}

const DRAFTS_IN_FILES: BundleStore = {
  ...DRAFT_RULES,
  whereUnsound: (data, version) => (DRAFT_RULES.isSound(data, version) ? undefined : ''),
  fromSeed: () => ({ kind: 'unsound', at: 'data' }),
};

function inFiles(store: AnyStore): BundleStore {
  const where = (data: unknown, version: number) =>
    version === store.version ? whereUnsound(store, data) : undefined;
  return {
    ...rulesOf(store),
    whereUnsound: where,
    fromSeed(data, version): SeedReading {
      if (store.only !== null) return { kind: 'rows', rows: [rowOf(store.only, data, where(data, version))] };
      if (!Array.isArray(data)) return { kind: 'unsound', at: 'data' };
      return {
        kind: 'rows',
        rows: data.map((row, i) => {
          const id = (store as Store<unknown>).idOf(row);
          const at = id === undefined ? 'id' : where(row, version);
          return rowOf(id ?? '', row, at === undefined ? undefined : `[${i}]${at === '' ? '' : `.${at}`}`);
        }),
      };
    },
  };
}

function rowOf(id: string, data: Json, at: string | undefined): SeedRow {
  return at === undefined ? { kind: 'sound', id, data } : { kind: 'unsound', at };
}

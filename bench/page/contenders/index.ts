import type { Contender } from '../contender.ts';

/** Each is a chunk of its own, so that no page carries another library. To add one: a file beside this, and two lines here. */
export const contenders = {
  raw: async (): Promise<Contender> => (await import('./raw.ts')).raw,
  'raw (strict)': async () => (await import('./raw.ts')).rawStrict,
  ours: async () => (await import('./ours.ts')).ours,
  'ours (vault)': async () => (await import('./vault.ts')).vault,
  'ours (relaxed)': async () => (await import('./relaxed.ts')).relaxed,
  'idb-keyval': async () => (await import('./idb-keyval.ts')).idbKeyval,
  dexie: async () => (await import('./dexie.ts')).dexie,
  'dexie (rows)': async () => (await import('./dexie.ts')).dexieRows,
  localforage: async () => (await import('./localforage.ts')).localForage,
  zustand: async () => (await import('./zustand.ts')).zustand,
  tinybase: async () => (await import('./tinybase.ts')).tinybase,
  rxdb: async () => (await import('./rxdb.ts')).rxdb,
  pouchdb: async () => (await import('./pouchdb.ts')).pouchdb,
};

/** Those that are measured unless a workload names others. */
export const peers = [
  'raw',
  'raw (strict)',
  'ours',
  'ours (vault)',
  'idb-keyval',
  'dexie',
  'dexie (rows)',
  'localforage',
  'zustand',
  'tinybase',
  'rxdb',
  'pouchdb',
] as const satisfies readonly (keyof typeof contenders)[];

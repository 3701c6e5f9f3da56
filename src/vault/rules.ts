import type { Json } from './types.ts';

/** What a vault knows of a store: enough to judge a record, nothing of what it means. Made from a store's definition. */
export interface StoreRules {
  /** Schema version that this build writes. Above it, data is newer and read-only (I7). */
  readonly version: number;
  /** Does the schema of that version accept it? Never throws. Versions start at 1; 0 is the seed's oldest form. */
  isSound(data: unknown, version: number): boolean;
  /** Brings data of an older version to this one, on a copy. Throws when it cannot. Needed from version 2 on. */
  migrate?(data: Json, version: number): Json;
}

/** By store name. Records of a store that is not in it are carried along unchanged (I20). */
export type Rules = ReadonlyMap<string, StoreRules>;

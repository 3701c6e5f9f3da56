import type { CommitKind, CommitOutcome, CommitPlan, Envelope, Json, RecordClass } from './types.ts';

/** Schema version per store that this build writes. Data above it is `newer` and read-only (I7). */
export type Versions = Readonly<Record<string, number>>;

/** A vault as of one commit, every part of it verified. Never changed in place: each commit makes a new one. */
export interface VaultState {
  /** Identifies this vault among others on the origin or in a restored profile (F63). */
  readonly vault: string;
  /** Newest commit. `{seq: 0, seal: null}` before the first. */
  readonly head: { readonly seq: number; readonly seal: string | null };
  /** Sum modulo 2^256 of all record checksums, 64 hex digits. */
  readonly state: string;
  readonly count: Readonly<Record<string, number>>;
  readonly versions: Versions;
  readonly records: ReadonlyMap<string, ReadonlyMap<string, Envelope>>;
}

/** Something that is not as it was written: where, which, and what it means. Carries no contents (I22). */
export interface Damage {
  class: Exclude<RecordClass, 'ok' | 'missing' | 'needs-migration'> | 'stale' | 'torn';
  /** Such as `log [12, 0]` or `snapshots [40, 0] line 7`. */
  where: string;
  store?: string;
  id?: string;
  /** A second road gave the same content back: nothing is missing, but it is reported all the same. */
  repaired: boolean;
}

/** Everything stored, as found; not verified. What `readStored` hands to `verifyStored`, and a download to a person. */
export interface Stored {
  head: unknown;
  log: readonly StoredValue[];
  snapshots: readonly StoredValue[];
  marks: readonly StoredValue[];
  quarantine: readonly StoredValue[];
}
export type StoredValue = { key: string | readonly [number, number]; value: unknown } | { key: string | readonly [number, number]; error: string };

export type Verdict =
  | { kind: 'intact'; state: VaultState }
  /** `readable`: the records that verified. `state` is there when the rest is sound enough to go on without them. */
  | { kind: 'damaged'; damage: Damage[]; readable: Envelope[]; state: VaultState | null }
  | { kind: 'newer'; found: Versions | { format: number }; readable: Envelope[] }
  | { kind: 'outdated'; state: VaultState };

/** A write under way: the outcome, and a way to give up (see `Write.abort` of the engine contract). */
export interface Appending {
  /** @throws StorageError of class `connection` or `transient`; after `connection` it may have landed: `find` */
  readonly outcome: Promise<CommitOutcome>;
  abort(): Promise<'aborted' | 'landed'>;
}

/** One entry of the Activity list. */
export interface CommitSummary {
  id: string;
  seq: number;
  at: string;
  kind: CommitKind;
  label: string;
  undoes: string | null;
  changes: number;
}

/** The only writer. One per vault and page; made from a verified state, so nothing can be written before a load. */
export interface Vault {
  state(): VaultState;
  subscribe(listener: () => void): () => void;
  /** Appends one commit in one transaction. The plan's id makes a retry harmless. */
  append(plan: CommitPlan): Appending;
  /** After silence: did the commit with this id land at or after the seq last known when it was tried? */
  find(id: string): Promise<{ kind: 'landed'; seq: number } | { kind: 'absent' }>;
  /** Reads the commits of other tabs. @returns what changed, newest state already in `state()` */
  refresh(): Promise<{ changed: { store: string; id: string }[] }>;
  /** The plan of a commit that undoes another, and whether its records were changed since. */
  planUndo(id: string): Promise<
    | { kind: 'undoable'; plan: Omit<CommitPlan, 'id'>; touched: { store: string; id: string }[] }
    | { kind: 'absorbed' }
    | { kind: 'unknown' }
  >;
  commits(limit: number): Promise<CommitSummary[]>;
  /** A small named value that landed with a commit. */
  mark(name: string): Promise<Json | undefined>;
}

import type { Entry, Key, Kind } from '../engines/contract.ts';
import type { Gone } from './gone.ts';
import type { Aside, CommitKind, CommitOutcome, CommitPlan, Envelope, Json, RecordClass } from './types.ts';

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
  /** Last revisions of removed records: none is given twice. */
  readonly gone: Gone;
  /** Bytes that a load reads: the newest snapshot, and the commits after it. Says when a fold is due. */
  readonly weight: { readonly snapshotBytes: number; readonly tailBytes: number };
  /** Carried along byte for byte; they count in neither `count` nor `state`. */
  readonly asides: readonly Aside[];
  /**
   * Not null: what lies behind this state cannot be followed link by link (damage, or an emptied database). The next
   * commit then brings a snapshot of its own in the same transaction, and expects the head exactly as it was found.
   */
  readonly rebase: { readonly foundHead: unknown } | null;
}

/** Something that is not as it was written: where, which, and what it means. Carries no contents (I22). */
export interface Damage {
  class: Exclude<RecordClass, 'ok' | 'missing' | 'needs-migration'> | 'stale' | 'torn' | 'foreign';
  /** Such as `log [12, 0]` or `snapshots [40, 0] line 7`. */
  where: string;
  /** The stored value that holds it, for quarantine and download. */
  source?: { kind: Kind; key: Key };
  store?: string;
  id?: string;
  /** A second road gave the same content back: nothing is missing, but it is reported all the same. */
  repaired: boolean;
}

/** What is stored, as found and not verified. What `readStored` hands to `verifyStored`, and a download to a person. */
export interface Stored {
  /** `undefined` when there is none, `{error}` when it cannot be read. */
  head: Entry | undefined;
  /** From the commit after the newest snapshot on; all of it when `isWhole`. */
  log: readonly Entry[];
  /** The newest snapshot; all of them when `isWhole`. */
  snapshots: readonly Entry[];
  marks: readonly Entry[];
  quarantine: readonly Key[];
  isWhole: boolean;
}

export type Verdict =
  | { kind: 'intact'; state: VaultState }
  /**
   * `readable`: the records that verified. `state`: present when the damage is contained (seals sound, every affected
   * record known, at most a tenth of them), so that work can go on without them. `base`: what a repairing commit is made from.
   */
  | { kind: 'damaged'; damage: Damage[]; readable: Envelope[]; state: VaultState | null; base: VaultState }
  /** Written by a newer build, so read-only here, whatever else is wrong. */
  | { kind: 'newer'; found: Versions | { format: number }; readable: Envelope[] }
  /** Sound, but some records are older than this build. `damage`: contained, as above. */
  | { kind: 'outdated'; state: VaultState; damage: Damage[] };

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
  /** Told after a change is durable, never before. */
  subscribe(listener: () => void): () => void;
  /** Appends one commit in one transaction. The plan's id makes a retry harmless. */
  append(plan: CommitPlan): Appending;
  /** After silence: did the commit with this id land? Looks at what is stored, not at memory. */
  find(id: string): Promise<{ kind: 'landed'; seq: number } | { kind: 'absent' }>;
  /** Reads the commits of other tabs. `behind`: they cannot be followed, load again. */
  refresh(): Promise<
    { kind: 'followed'; changed: { store: string; id: string }[] } | { kind: 'behind' | 'newer' }
  >;
  /** The plan of a commit that undoes another, and whether its records were changed since. */
  planUndo(id: string): Promise<UndoPlan>;
  commits(limit: number): Promise<CommitSummary[]>;
  /** What a fold, here or in a worker, found or left to read. */
  weigh(weight: VaultState['weight']): void;
  /** A small named value. `undefined` when there is none. @throws StorageError `corrupt` when it is damaged */
  mark(name: string): Promise<Json | undefined>;
  /** Sets a mark that is no change of data, such as `remote`; `null` removes it. Resolves when durable. */
  setMark(name: string, value: Json): Promise<void>;
  /**
   * Proves, by reading all of it back, that the present state can be rebuilt: before import, restore, migrate, clear
   * and delete. @throws StorageError `corrupt` when it cannot: then the operation must not happen
   */
  capture(): Promise<{ seq: number }>;
}

export type UndoPlan =
  /** `touched`: records that changed since; the plan leaves them as they are. */
  | { kind: 'undoable'; plan: Omit<CommitPlan, 'id'>; touched: { store: string; id: string }[] }
  /** Squashed together with others: it can no longer be undone on its own. */
  | { kind: 'absorbed' }
  | { kind: 'unknown' };

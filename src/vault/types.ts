/** What a record may hold: exactly what JSON can. Anything else is refused when saving, as `programmer` (F30). */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** A stored record: the seed's envelope plus store, id and rev (durability 3.2). */
export interface Envelope {
  /** SHA-256, 64 hex digits, of the canonical `{createdAt, data, id, store, updatedAt, version}`. */
  checksum: string;
  /** ISO 8601, UTC. Never changes once the record exists (B02). */
  createdAt: string;
  data: Json;
  id: string;
  /** Counts the changes of this record, from 1. Covered by page digest and seal. */
  rev: number;
  store: string;
  updatedAt: string;
  /** Schema version of the store when this was written. */
  version: number;
}

/** Bytes that failed their checks, carried along as they were found until a person decides (durability 3.5). */
export interface Aside {
  /** As found, base64 of the bytes of one line. */
  aside: string;
  /** `null` where the damage hides which record it was. */
  id: string | null;
  store: string | null;
  why: RecordClass;
}

export type CommitKind = 'save' | 'delete' | 'import' | 'merge' | 'migrate' | 'restore' | 'clear' | 'undo';

/** One change a person or a machine wants. */
export interface Change {
  store: string;
  id: string;
  /** The new data, or `undefined` to remove the record. */
  data: Json | undefined;
  /** The revision this change was made from; 0 when the record must not exist. */
  baseRev: number;
  /** The last revision of a record that comes back after it was removed: it goes on from there. */
  lastRev?: number;
  /** Kept from a source, where a record comes from outside; otherwise the vault's own. */
  createdAt?: string;
  updatedAt?: string;
}

/** What is about to become one commit, in one transaction. Its id makes doing it twice harmless. */
export interface CommitPlan {
  id: string;
  kind: CommitKind;
  /** For the Activity list, in words, without contents: "Theme", "12 templates". */
  label: string;
  changes: Change[];
  /** A person agreed that a store shrinks to less than half, or to nothing. */
  agreed?: boolean;
  /** The commit this one undoes. */
  undoes?: string;
  /** Keeps the point before this commit for that many days; `null` until a person removes it. */
  pin?: { name: string; days: number | null };
  /** Small named values that land with the commit; `null` removes one. */
  marks?: { [name: string]: Json };
  /** Damaged or foreign bytes, exactly as found, that this commit replaces. A person decided about them. */
  quarantine?: Quarantined[];
}

export interface Quarantined {
  /** SHA-256 of the bytes, so that the same bytes are kept once. */
  id: string;
  /** As found, base64 of the bytes. */
  bytes: string;
  where: string;
  why: string;
  at: string;
}

/** Outcomes of an append. Only `committed` means that anything was written. */
export type CommitOutcome =
  /** Durable. `seq` counts the commits of the vault. */
  | { kind: 'committed'; id: string; seq: number }
  /** A record this plan touches has moved. `winners`: the records as they are now; `null` where one was removed. */
  | { kind: 'conflicted'; winners: { store: string; id: string; now: Envelope | null }[] }
  | { kind: 'refused'; why: 'wouldShrink' | 'behind' | 'newer' }
  | { kind: 'full' };

/** How one record read turned out (durability 1, in that order of decision). */
export type RecordClass =
  | 'ok'
  | 'missing'
  | 'needs-migration'
  | 'newer-version'
  | 'corrupt:shape'
  | 'corrupt:checksum'
  | 'unreadable'
  | 'vanished';

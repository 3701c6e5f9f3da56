import type { Damage, Verdict } from '../src/vault/contract.ts';
import type { CommitOutcome, CommitPlan, Json } from '../src/vault/types.ts';

/** What a machine says about its pace; exactly one on every active configuration. */
export type PaceTag = 'busy' | 'needs-user' | 'resting' | 'delegating';

/** What may be said on screen. The UI reads tags and `snapshot.can(event)`, never state names. */
type StatusTag =
  | 'loading'
  | 'migrating'
  | 'blocking'
  | 'nothing-changed'
  | 'read-only'
  | 'memory-only'
  | 'unsaved'
  | 'saving'
  | 'saved'
  | 'save-error'
  | 'conflict'
  | 'follower-tab'
  | 'syncing'
  | 'synced'
  | 'offline'
  | 'sync-error'
  | 'applying'
  | 'rolling-back'
  | 'undoable'
  | 'safe-to-close';

export type Tag = PaceTag | StatusTag;

/** Why an operation failed: the error classes of the engines, and a deadline that passed. */
export type FailureClass =
  | 'transient'
  | 'connection'
  | 'blocked'
  | 'newer'
  | 'capacity'
  | 'denied'
  | 'corrupt'
  | 'vanished'
  | 'programmer'
  | 'timeout';

/** An error as a person may be told of it. Carries no stored content (I22). */
export interface Failure {
  readonly class: FailureClass;
  /** The `name` of the platform's error, shown under "What we found". */
  readonly platformName: string | undefined;
}

/** What the witness in localStorage knows of a vault that cannot be found. */
export interface Witnessed {
  readonly vault: string;
  readonly seq: number;
  readonly count: Readonly<Record<string, number>>;
}

/** Why `load` asks a person. */
export type LoadFinding =
  | ({ readonly code: 'unreadable' } & Failure)
  | ({ readonly code: 'uncheckable' } & Failure)
  | { readonly code: 'damaged'; readonly damage: readonly Damage[]; readonly readable: number }
  | { readonly code: 'vanished'; readonly witness: Witnessed }
  | { readonly code: 'newer'; readonly found: Extract<Verdict, { kind: 'newer' }>['found'] };

/** Why `save` does not say saved. */
export type SaveFinding =
  | { readonly code: 'conflicted' }
  | { readonly code: 'full' }
  | { readonly code: 'refused'; readonly why: 'wouldShrink' | 'behind' | 'newer' }
  | { readonly code: 'unsure' }
  | ({ readonly code: 'failed' } & Failure);

/** How a look-up, or giving up, turned out: both prove what is stored. */
export type Landing = { readonly kind: 'landed'; readonly seq: number } | { readonly kind: 'absent' };

/** Outcome of the `commit` machine. Only `committed` and `unsure` may have changed what is stored. */
export type CommitResult =
  | CommitOutcome
  /** Proven not to have landed. */
  | ({ readonly kind: 'failed' } & Failure)
  /** Not known. Counts as not saved on screen; looked up again on the next try. */
  | ({ readonly kind: 'unsure' } & Failure);

/** One side of a document as it is stored. `rev` 0 and no data: it is not there. */
export interface StoredSide {
  readonly rev: number;
  readonly data: Json | undefined;
  /** The highest revision it ever had, though it may be gone: a revision never comes back. */
  readonly lastRev: number;
}

/** A document as it is stored: in its store, and among the drafts (there without its address). */
export interface DocumentSides {
  readonly record: StoredSide;
  readonly draft: StoredSide;
}

/** Where a person wants a document to be: in its store, among the drafts, or gone with nothing left. */
type Place = 'record' | 'draft' | 'nowhere';

/** What `save` is told about a document at its start. */
export interface DocumentInput extends DocumentSides {
  readonly store: string;
  readonly id: string;
  /** For the Activity list, in words, without contents. */
  readonly label: string;
  readonly place: Place;
  /** The text in memory; equal to what is stored unless there is something to save. */
  readonly data: Json | undefined;
  /** Identifies the commit that the next save makes, however often it is tried. */
  readonly commitId: string;
  /** Went out from a page that died, and nothing proved what became of it; null in a life of its own. */
  readonly plan: CommitPlan | null;
}

/** What `drafts` holds: a document that is not in its store yet. */
export interface Draft {
  readonly store: string;
  readonly id: string;
  readonly data: Json;
}

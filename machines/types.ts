import type { Damage, Stored, VaultState, Verdict } from '../src/vault/contract.ts';
import type { PointInTime } from '../src/vault/points.ts';
import type { Change, CommitOutcome, CommitPlan, Envelope, Json } from '../src/vault/types.ts';

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
interface Witnessed {
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

/** Outcome of the `load` machine. */
export type LoadResult =
  | {
      readonly kind: 'loaded';
      readonly state: VaultState;
      /** Proven: nothing is stored, and nothing remembers that anything was. */
      readonly isFirstRun: boolean;
      /** What was repaired or set aside; told, and counted separately. */
      readonly damage: readonly Damage[];
    }
  /** Nothing may be written; what could be read and checked is shown, read-only. */
  | { readonly kind: 'deferred'; readonly finding: LoadFinding; readonly readable: readonly Envelope[] };

/** One side of a document as it is stored. `rev` 0 and no data: it is not there. */
export interface StoredSide {
  readonly rev: number;
  readonly data: Json | undefined;
  /** The highest revision it ever had, though it may be gone: a revision never comes back. */
  readonly lastRev: number;
}

/** What reading gave `load`, before anything is believed. */
export type LoadReading =
  | { readonly kind: 'found'; readonly stored: Stored }
  /** `isProven`: nothing is stored, and nothing remembers that anything was. Only then may examples be planted. */
  | { readonly kind: 'firstRun'; readonly state: VaultState; readonly isProven: boolean }
  | { readonly kind: 'vanished'; readonly witness: Witnessed };

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

/** What checking gave `load`. Older records than this build's do not occur yet: every store is at its first version. */
export type Judgement = Exclude<Verdict, { kind: 'outdated' }>;

/** What looking gave `undo`, before anything is put back. */
export type UndoCheck =
  | { readonly kind: 'untouched'; readonly plan: Omit<CommitPlan, 'id'> }
  /** Records that changed since; the plan leaves them as they are. */
  | {
      readonly kind: 'touched';
      readonly plan: Omit<CommitPlan, 'id'>;
      readonly touched: readonly RecordName[];
    }
  /** An undo that nobody had heard of had landed after all. */
  | { readonly kind: 'undone'; readonly seq: number }
  | { readonly kind: 'impossible'; readonly why: 'absorbed' | 'unknown' | 'nothingLeft' };

interface RecordName {
  readonly store: string;
  readonly id: string;
}

/** Why `undo` asks: some records were edited since, and would not be undone with the rest. */
export interface UndoFinding {
  readonly code: 'changedSince';
  readonly touched: readonly RecordName[];
  /** Records that would still be undone. */
  readonly left: number;
}

/** Why an undo did not happen. Only after `unsure` something may have been stored. */
export type UndoFailure =
  /** Squashed away · not there or damaged · every record was edited since. */
  | { readonly code: 'absorbed' | 'unknown' | 'nothingLeft' }
  | ({ readonly code: 'uncheckable' } & Failure)
  | { readonly code: 'full' }
  | { readonly code: 'refused'; readonly why: 'wouldShrink' | 'behind' | 'newer' }
  | { readonly code: 'unsure' }
  | ({ readonly code: 'failed' } & Failure);

/** Where bytes may live. */
export type EngineName = 'indexeddb' | 'localstorage' | 'memory';

/** What is known before anything is opened: read once, at the start of the page. */
export interface BootInput {
  /** The witness knows of data, or cannot be read. Then nothing stands in for the database unasked (I9). */
  readonly mayHoldData: boolean;
  /** There are Web Locks, without which localStorage is not safe between tabs. */
  readonly canUseLocalStorage: boolean;
}

/** How opening an engine turned out. */
export type BootOpening =
  | BootOpened
  | { readonly kind: 'newer' }
  | { readonly kind: 'blocked' }
  | ({ readonly kind: 'failed' } & Failure);

export interface BootOpened {
  readonly kind: 'open';
  readonly engine: EngineName;
  /** Does what is kept outlive the session? */
  readonly isDurable: boolean;
  /** There was no database before. */
  readonly isCreated: boolean;
  /** A look at the databases failed, and then there was none: the browser removed a damaged store (F42). */
  readonly isWiped: boolean;
}

/** Why `boot` asks a person. */
export type BootFinding =
  /** Another tab holds an older version of the database. */
  | { readonly code: 'blocked' }
  | ({
      readonly code: 'notOpened' | 'notWritable';
      /** Openings that were tried. */
      readonly tries: number;
      readonly mayHoldData: boolean;
    } & Failure);

/** Outcome of the `boot` machine. */
export type BootResult =
  | {
      readonly kind: 'opened';
      readonly engine: EngineName;
      /** `read`: a newer version of the app made the database. */
      readonly access: 'write' | 'read';
      readonly isDurable: boolean;
      /** Whoever loads must not take what is empty for a first run. */
      readonly isWiped: boolean;
    }
  | { readonly kind: 'deferred'; readonly finding: BootFinding };

/** Why `recovery` is open. */
export type RecoveryFinding =
  | Extract<LoadFinding, { code: 'damaged' | 'vanished' }>
  /** The app works without some records, which lie where they lay: a person looks at them now. */
  | { readonly code: 'setAside'; readonly damage: readonly Damage[]; readonly readable: number }
  /** Nothing is wrong: a person opened it, to go back to a backup. */
  | { readonly code: 'asked' };

export interface RecoveryInput {
  readonly finding: RecoveryFinding;
  /** The person's `corruptionHandling`; `prompt` where settings cannot be read. Acts once. */
  readonly policy: 'recover' | 'prompt' | 'clear';
  /** The backup that a person chose elsewhere, by its seq; null to choose here. */
  readonly point: number | null;
}

/** What a person, or their policy, wants instead of what is there. */
export type RecoveryChoice =
  | { readonly kind: 'point'; readonly seq: number }
  | { readonly kind: 'newest' | 'rescue' | 'empty' };

/** What can still be read, for a person to look at before anything is done. */
export interface Rescue {
  readonly readable: readonly Envelope[];
  readonly damage: readonly Damage[];
}

/** A chosen result, checked and compared with now; nothing of it is written. */
export interface Recovery {
  readonly plan: CommitPlan;
  /** Sound records of now that it would replace or remove. */
  readonly replaced: number;
  /** Records per store afterwards. */
  readonly count: Readonly<Record<string, number>>;
}

/** Why the last choice was not carried out. Nothing was changed by it. */
export type RecoveryFailure =
  | ({ readonly code: 'notListed' | 'notScanned' | 'notPrepared' } & Failure)
  | { readonly code: 'notWritten'; readonly why: Exclude<CommitResult['kind'], 'committed' | 'unsure'> };

/** Outcome of the `recovery` machine. */
export type RecoveryResult =
  | {
      readonly kind: 'recovered';
      /** For Undo. */
      readonly id: string;
      readonly seq: number;
      readonly count: Readonly<Record<string, number>>;
    }
  /** What is stored is to be read again: it says what holds. */
  | { readonly kind: 'retried' }
  | { readonly kind: 'deferred' };

export type RestorePoint = PointInTime;

/** Records of one store that an older build wrote. */
export interface MigrationStep {
  readonly store: string;
  /** The oldest version among them, and the one of this build. */
  readonly from: number;
  readonly to: number;
  readonly records: number;
}

/** What there is to migrate. `state` is proven to be what can be rebuilt from storage. */
export type MigrationPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'planned'; readonly state: VaultState; readonly steps: readonly MigrationStep[] };

/** Copies in this build's shape, or the record at which a step of ours failed. */
export type Converted =
  | { readonly kind: 'converted'; readonly changes: readonly Change[] }
  | { readonly kind: 'stuck'; readonly store: string; readonly id: string; readonly version: number };

/** Are the copies what the records were, in another shape? Only then there is something to commit. */
export type Faithful =
  | { readonly kind: 'faithful'; readonly plan: CommitPlan }
  | {
      readonly kind: 'unfaithful';
      /** Not every record, or another one · refused by its schema · not what comes back · other each time. */
      readonly why: 'count' | 'schema' | 'roundTrip' | 'unstable';
      readonly store: string;
      readonly id: string;
    };

/** Why `migration` stopped. Only after `unsure` it is not known that nothing was written. */
export type MigrationFinding =
  | ({ readonly code: 'notPlanned' | 'notConverted' | 'notChecked' } & Failure)
  | { readonly code: 'stuck'; readonly store: string; readonly id: string; readonly version: number }
  | {
      readonly code: 'unfaithful';
      readonly why: 'count' | 'schema' | 'roundTrip' | 'unstable';
      readonly store: string;
      readonly id: string;
    }
  | { readonly code: 'notWritten'; readonly why: Exclude<CommitResult['kind'], 'committed' | 'unsure'> }
  | { readonly code: 'unsure' };

/** Outcome of the `migration` machine. */
export type MigrationResult =
  | {
      readonly kind: 'migrated';
      readonly steps: readonly MigrationStep[];
      /** For Undo; null when there was nothing to do. */
      readonly id: string | null;
    }
  /** Go on read-only: with what is stored, and with copies in this build's shape where there are any. */
  | {
      readonly kind: 'deferred';
      readonly finding: MigrationFinding;
      readonly state: VaultState | null;
      readonly changes: readonly Change[];
    };

import type { VaultState } from '../src/vault/contract.ts';
import type { Change, CommitPlan, Envelope, Json, Quarantined } from '../src/vault/types.ts';
import type { CommitResult, Failure } from './types.ts';

/** Records of one store that an older build wrote. */
export interface MigrationStep {
  readonly store: string;
  /** The oldest version among them, and the one of this build. */
  readonly from: number;
  readonly to: number;
  readonly records: number;
}

/** One row of what an earlier version kept. `text`: as found. */
export type LegacyRow =
  | {
      readonly kind: 'sound';
      readonly text: string;
      readonly record: LegacyRecord;
      /** A fault was put right; what was found is kept besides. */
      readonly isRepaired: boolean;
    }
  | { readonly kind: 'invalid'; readonly text: string }
  /** A backup that the earlier version made: kept as it is. */
  | { readonly kind: 'backup'; readonly text: string };

/** A row as a record of this build. */
export interface LegacyRecord {
  readonly store: string;
  readonly id: string;
  readonly data: Json;
  /** Milliseconds since 1970, where known. `envelope`: of the list that the row was in. */
  readonly dates: { readonly created?: number; readonly updated?: number; readonly envelope?: number };
}

/** A place where an earlier version, or a session on a fallback engine, kept something: as it was found now. */
export interface FoundSource {
  readonly name: string;
  /** `known`: looked at before, exactly as it is. `kept`: no shape that can be read, so it is kept as a whole. */
  readonly answer: 'known' | 'empty' | 'read' | 'kept' | 'unreadable';
  readonly rows: readonly LegacyRow[];
  /** Of all that it holds, 64 hex digits; with what was found it makes the mark. */
  readonly hash: string;
  /** All of it, as found, where that is kept besides its rows. */
  readonly whole: { readonly text: string; readonly why: string } | null;
  /** Hashes of the rows that were taken earlier: those are not taken again. */
  readonly taken: readonly string[];
  readonly failure: Failure | null;
}

/** What became of one source, for a person to read. Counts are rows. */
export interface SourceReport {
  readonly source: string;
  readonly answer: FoundSource['answer'];
  /** `partly`: something of it is kept aside for a person to decide about. `pending`: it is looked at again. */
  readonly state: 'done' | 'partly' | 'pending';
  readonly found: number;
  /** Now records here: new ones, newer versions, and copies beside what cannot be told apart. */
  readonly imported: number;
  /** Here already: the same, a newer one, or taken earlier. */
  readonly merged: number;
  /** In quarantine, byte for byte: what is invalid, and versions that lost. */
  readonly kept: number;
  readonly failure: Failure | null;
}

/** What is taken over from sources, beside what older records become. */
export interface Taken {
  readonly changes: readonly Change[];
  readonly quarantine: readonly Quarantined[];
  readonly marks: Readonly<Record<string, Json>>;
  readonly reports: readonly SourceReport[];
}

/** What there is to migrate. `state` is proven to be what can be rebuilt from storage. */
export type MigrationPlan =
  | { readonly kind: 'nothing'; readonly reports: readonly SourceReport[] }
  | {
      readonly kind: 'planned';
      readonly state: VaultState;
      readonly steps: readonly MigrationStep[];
      readonly sources: readonly FoundSource[];
    };

/** Copies in this build's shape, or the record at which a step of ours failed. */
export type Converted =
  | { readonly kind: 'converted'; readonly changes: readonly Change[]; readonly taken: Taken }
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

/** What was brought into this build's shape, for a person to read. */
export interface MigrationReport {
  readonly steps: readonly MigrationStep[];
  readonly sources: readonly SourceReport[];
  /** For Undo; null when there was nothing to do. */
  readonly id: string | null;
}

/** Outcome of the `migration` machine. */
export type MigrationResult =
  | ({ readonly kind: 'migrated' } & MigrationReport)
  /** Go on read-only: with what is stored, and with copies in this build's shape where there are any. */
  | {
      readonly kind: 'deferred';
      readonly finding: MigrationFinding;
      readonly readable: readonly Envelope[];
    };

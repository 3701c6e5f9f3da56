import type { VaultState } from '../src/vault/contract.ts';
import type { Change, CommitPlan, Envelope } from '../src/vault/types.ts';
import type { CommitResult, Failure } from './types.ts';

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

/** What was brought into this build's shape, for a person to read. */
export interface MigrationReport {
  readonly steps: readonly MigrationStep[];
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

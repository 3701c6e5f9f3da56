import type { Damage } from '../src/vault/contract.ts';
import type { PointInTime } from '../src/vault/points.ts';
import type { CommitPlan, Envelope } from '../src/vault/types.ts';
import type { CommitResult, Failure, LoadFinding } from './types.ts';

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

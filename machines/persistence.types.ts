import type { CommitPlan } from '../src/vault/types.ts';
import type { BootFinding } from './boot.types.ts';
import type { LoadResult } from './load.types.ts';
import type { CommitResult, Failure } from './types.ts';

/** Why the app is not simply working. */
export type PersistenceFinding =
  /** No storage was opened, and someone chose to decide later. */
  | { readonly code: 'notOpened'; readonly boot: BootFinding }
  /** What is stored was not loaded, and someone chose to decide later. */
  | { readonly code: 'notLoaded'; readonly load: NotLoaded['finding'] }
  /** A newer version of the app took over. `isAllSaved`: the edits of this page are known to be stored. */
  | { readonly code: 'superseded'; readonly isAllSaved: boolean }
  /** The storage was emptied underneath: this page holds the only copy. */
  | { readonly code: 'vanished' }
  /**
   * Writing the copy back did not work. `occupied`: there is data again, which another tab wrote, and nothing is written
   * over it. `unsure` and `unforeseen` may have landed.
   */
  | {
      readonly code: 'notWrittenBack';
      readonly why: Exclude<CommitResult['kind'], 'committed'> | 'occupied' | 'unforeseen';
    }
  /** The storage cannot be opened again, to write back what it held. */
  | ({ readonly code: 'notReopened' } & Failure)
  /** Not foreseen: a mistake of ours. */
  | ({ readonly code: 'broken' } & Failure);

type NotLoaded = Extract<LoadResult, { kind: 'deferred' }>;

/** May what this page holds be written back where it was? */
export type WriteBack =
  | { readonly kind: 'prepared'; readonly plan: CommitPlan }
  /** Something is stored there again. */
  | { readonly kind: 'occupied' };

/** What a load handed up. */
export type Loaded = Extract<LoadResult, { kind: 'loaded' }>;

/** Outcome of the `persistence` machine. */
export interface PersistenceResult {
  readonly kind: 'closed';
}

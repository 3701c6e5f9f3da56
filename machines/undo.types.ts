import type { CommitPlan } from '../src/vault/types.ts';
import type { Failure } from './types.ts';

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

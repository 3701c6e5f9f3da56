import type { FieldRow, MemberText, SameField, Side } from '../src/bundle/fields.ts';
import type { Json } from '../src/vault/types.ts';
import type { Failure } from './types.ts';

/** One record as two sides have it. Which is which only the words know: this browser and a file, two tabs, two devices. */
export interface ConflictSides {
  readonly key: string;
  readonly store: string;
  readonly id: string;
  /** `undefined`: not there on that side. */
  readonly first: Json | undefined;
  readonly second: Json | undefined;
  /** As it last was on both; `undefined` where that is not known. */
  readonly base: Json | undefined;
  /** A copy can stand beside the original. */
  readonly canKeepBoth: boolean;
}

/** What comparing found in one record that differs. */
export interface Conflict {
  readonly key: string;
  readonly store: string;
  readonly id: string;
  readonly rows: readonly FieldRow[];
  /** Places that are the same on both sides. */
  readonly same: number;
  readonly canMerge: boolean;
  readonly canKeepBoth: boolean;
  /** The side that does not have it any more. */
  readonly gone: Side | null;
}

/** The two sides of a record, looked at closely: what a query hands out. It knows nothing of what was decided. */
export interface ComparedRecord {
  readonly rows: readonly FieldRow[];
  readonly same: number;
  /** The places that `same` counts. */
  sameFields(): readonly SameField[];
  /** Its structured texts as they are on one side, in pieces: which of them differ. */
  textsOf(side: Side): readonly MemberText[];
  /** What would be written with these picks, by path. What only one side changed needs none. */
  merge(picks: ReadonlyMap<string, Side>): MergedRecord;
}

export interface MergedRecord {
  /** Where no side is picked yet, as it is on the first. */
  readonly data: Json;
  /** Why it would not be accepted, as a code; `undecided` where a place still needs a side. `null`: it is sound. */
  readonly fault: string | null;
  /** Its structured texts, in pieces: where each is from. */
  texts(): readonly MemberText[];
}

export interface Comparison {
  /** In the order given; records that are the same to a person are not among them. */
  readonly conflicts: readonly Conflict[];
}

export type Decision = 'merge' | 'keep-first' | 'keep-second' | 'keep-both' | 'later';

/** What a person has said so far. Kept where they leave and come back. */
export interface ConflictDraft {
  /** By key of the record. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** By key of the record, then by path. */
  readonly picks: ReadonlyMap<string, ReadonlyMap<string, Side>>;
}

export interface ConflictsInput {
  readonly sides: readonly ConflictSides[];
  /** `null` at the first visit. */
  readonly draft: ConflictDraft | null;
}

/** Every merged record, or why some of them make no sense. */
export type MergeCheck =
  | { readonly kind: 'sound'; readonly merged: ReadonlyMap<string, Json> }
  | { readonly kind: 'unsound'; readonly faults: readonly { readonly key: string; readonly why: string }[] };

/** Why `conflicts` asks. */
export type ConflictsFinding =
  | { readonly code: 'conflicting' }
  /** Only whole records can be taken: what differs in them is not known. */
  | ({ readonly code: 'uncompared' } & Failure)
  | { readonly code: 'unsound'; readonly faults: readonly { readonly key: string; readonly why: string }[] }
  | ({ readonly code: 'unchecked' } & Failure);

export interface Resolution {
  readonly decision: Decision;
  /** There where the decision is `merge`. */
  readonly merged: Json | undefined;
}

/** Outcome of the `conflicts` machine. Nothing of it is written yet. */
export type ConflictsResult =
  | {
      readonly kind: 'decided';
      /** By key. Records that are the same on both sides are not in it: nothing is to be done about them. */
      readonly resolutions: ReadonlyMap<string, Resolution>;
      readonly draft: ConflictDraft;
    }
  | { readonly kind: 'left'; readonly draft: ConflictDraft };

import type { Bundle } from '../src/bundle/bundle.ts';
import type { Choice, EntryKind, ImportPlan, Strategy } from '../src/bundle/importPlan.ts';
import type { CommitPlan } from '../src/vault/types.ts';
import type { ConflictDraft, ConflictSides, Resolution } from './conflicts.types.ts';
import type { IntakeSource } from './intake.types.ts';
import type { CommitResult, Failure } from './types.ts';

/** What a person has ticked in the preview. */
export interface ImportSelection {
  readonly strategy: Strategy;
  /** Stores and kinds of records that are left as they are here. */
  readonly withoutStores: ReadonlySet<string>;
  readonly withoutKinds: ReadonlySet<EntryKind>;
  /** By key of the entry; stronger than everything above. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** The person was told what would shrink, and agreed to this very selection. */
  readonly isAgreed: boolean;
}

/** What a person had said about a file when they left: they find it again when they come back with it. */
export interface ImportMemory {
  readonly selection: ImportSelection;
  readonly draft: ConflictDraft | null;
}

export interface ImportInput {
  /** Bytes that are at hand already, such as a backup or a dropped file; `null` to choose a file here. */
  readonly source: IntakeSource | null;
  /** By hash of the file. */
  readonly memories: ReadonlyMap<string, ImportMemory>;
  /** For the Activity list and for the restore point before it, in words, without contents. */
  readonly label: string;
  readonly pinName: string;
}

/** What `planImport` is asked. */
export interface ImportWish {
  readonly bundle: Bundle | null;
  readonly selection: ImportSelection;
  /** What the person has just decided about conflicts, by key of the entry; what they left for later stays as it is here. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  readonly label: string;
  readonly pinName: string;
  /** The state that was last proven to be there to come back to. */
  readonly provenState: string | null;
  /** A commit that may have landed. */
  readonly unproven: string | null;
}

/** What the import would do, against what is stored now. Nothing of it is written. */
export interface ImportPreview {
  readonly plan: ImportPlan;
  /** `null` when there is nothing to write. */
  readonly commit: CommitPlan | null;
  readonly provenState: string;
  /** What a person has to decide, as `conflicts` takes it. */
  readonly sides: readonly ConflictSides[];
  /** What the last button does: decide conflicts, write, or nothing (no record chosen, or no consent to what would go). */
  readonly next: 'decide' | 'write' | 'none';
}

export type ImportPlanning =
  | { readonly kind: 'planned'; readonly preview: ImportPreview }
  | { readonly kind: 'refused'; readonly finding: ImportRefusal }
  /** An import of which nobody had heard had landed after all. */
  | { readonly kind: 'landed'; readonly finding: Applied };

/** Nothing was changed. */
type ImportRefusal =
  /** Everything in the file is here already. */
  | { readonly code: 'nothing' }
  /** About, since browsers only estimate. */
  | { readonly code: 'noRoom'; readonly neededBytes: number; readonly freeBytes: number };

/** It is stored, and can be undone as a whole. */
interface Applied {
  readonly code: 'applied';
  readonly id: string;
  readonly seq: number;
}

/** Why `import` asks. */
export type ImportFinding =
  /** The preview. `hasMoved`: another tab changed something, so it was made anew. */
  | { readonly code: 'previewed'; readonly hasMoved: boolean }
  | ({ readonly code: 'undecided' } & Failure)
  | ImportRefusal
  /** The person wants nothing of the file. */
  | { readonly code: 'nothingChosen' }
  /** The file could not be taken in, or no plan could be made. Nothing was changed. */
  | ({ readonly code: 'notTaken' | 'unplanned' } & Failure)
  /** Proven: all is as it was. */
  | { readonly code: 'notWritten'; readonly why: Exclude<CommitResult['kind'], 'committed' | 'unsure'> }
  /** Not known yet whether it was saved. */
  | { readonly code: 'unsure' }
  | Applied;

/** Outcome of the `import` machine. */
export type ImportResult =
  | {
      readonly kind: 'imported';
      readonly id: string;
      readonly seq: number;
      readonly isUndoAsked: boolean;
    }
  /** What was chosen so far, for this session, by hash of the file. */
  | { readonly kind: 'left'; readonly memories: ReadonlyMap<string, ImportMemory> };

import type { CommitPlan, Envelope, Json } from '../vault/types.ts';
import type { BundleRecord } from './bundle.ts';
import type { PaceOptions } from './pace.ts';
import type { Warning } from './verdict.ts';

/**
 * `merge`: adds what is new, takes what changed only in the file, asks about the rest. `replace`: the stores in the
 * file become exactly what the file has. `skipDuplicates`: adds what is new, and touches nothing that is there.
 */
export type Strategy = 'merge' | 'replace' | 'skipDuplicates';

/** What happens to one record: this browser's stays, the file's is taken, both are kept, or a merged one replaces both. */
export type Choice = 'here' | 'file' | 'both' | { readonly merged: Json };

export type EntryKind =
  /** Not here. */
  | 'new'
  /** Equal, but perhaps for line ends. */
  | 'same'
  /** Here it is as it last was in both places: the file has the newer one. */
  | 'changed'
  /** The file has it as it last was in both places: this browser has the newer one. */
  | 'changedHere'
  /** Differs, and nothing proves that only one side changed it. */
  | 'conflicting'
  /** The file has this id twice: the second one, which differs, becomes a record of its own. */
  | 'repeated';

export interface ImportEntry {
  /** Names the entry in `choices`, the same whenever the same file is planned. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly record: BundleRecord;
  readonly here: Envelope | undefined;
  /** What it is held against: the record here, or where the file has the id twice, the first one in the file. */
  readonly against: Json | undefined;
  /** As it last was in both places, where that is known. */
  readonly base: Json | undefined;
  /** What the plan does; `undefined` while a person has to say. Undecided records stay as they are here. */
  readonly choice: Choice | undefined;
  /** Not here under this id, but there is one that a person would call the same. */
  readonly isLikeAnother: boolean;
  /** `both` is possible: the store can make a copy under another id. */
  readonly canKeepBoth: boolean;
  /** What that copy would be called; there while a person has to say. */
  readonly copyName?: string | undefined;
}

export interface ImportPlan {
  readonly entries: readonly ImportEntry[];
  readonly counts: Readonly<Record<EntryKind | 'unusable', number>>;
  /** Conflicts that nobody decided. */
  readonly undecided: number;
  /** Records that would go, because the file does not have them. Named before anything happens. */
  readonly lost: readonly Envelope[];
  /** Records whose content here would be replaced. History keeps it. */
  readonly replaced: readonly Envelope[];
  /** Stores that would shrink to less than half, or to nothing: the vault refuses unless the person agreed. */
  readonly shrinking: readonly string[];
  readonly warnings: readonly Warning[];
  /** One commit over all stores; `null` when nothing differs. It lacks only its id. */
  readonly plan: Omit<CommitPlan, 'id'> | null;
}

export interface ImportOptions extends PaceOptions {
  readonly strategy: Strategy;
  /** By key of the entry. */
  readonly choices?: ReadonlyMap<string, Choice>;
  /** Left as they are here, unless a choice says otherwise: `replace` removes nothing from such a store, either. */
  readonly withoutStores?: ReadonlySet<string>;
  readonly withoutKinds?: ReadonlySet<EntryKind>;
  /** For the Activity list, in words, without contents. */
  readonly label: string;
  /** Of the restore point before it, in words. */
  readonly pinName: string;
  /** The person was told what `shrinking` says, and agreed. */
  readonly isAgreed?: boolean;
  /** The record as it last was in both places, where that is known; without it, whatever differs is a conflict. */
  readonly baseOf?: (store: string, id: string) => Json | undefined;
  /** Milliseconds since 1970: names the copies of a file without a date. */
  readonly now: number;
}

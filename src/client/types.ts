import type { ActorRefFrom } from 'xstate';
import type { Loaded, PersistenceFinding } from '../../machines/persistence.types.ts';
import type { SaveFinding, Tag } from '../../machines/types.ts';
import type { Damage } from '../vault/contract.ts';
import type { Machines } from './machines.ts';

export type { Durability } from '../engines/contract.ts';

/** Something that changes and can be looked at; made for `useSyncExternalStore`. */
export interface View<T> {
  subscribe(listener: () => void): () => void;
  /** The same object until something in it has changed. */
  getSnapshot(): T;
}

/** A machine that asks a person, or shows how far it has got, before there is anything to work with. */
export type Asking = {
  [Name in 'boot' | 'load' | 'migration' | 'recovery' | 'persistence']: {
    readonly machine: Name;
    readonly actor: ActorRefFrom<Machines[Name]>;
  };
}['boot' | 'load' | 'migration' | 'recovery' | 'persistence'];

/** What the page has. Until `ready` nothing is shown as data, least of all as empty. */
export type LoadView =
  | { readonly kind: 'loading' }
  /** Nothing can be done before someone has answered; what is offered is what the machine accepts. */
  | { readonly kind: 'asking'; readonly asking: Asking }
  | {
      readonly kind: 'ready';
      /** What was repaired or set aside; to be told. */
      readonly damage: readonly Damage[];
      /** What was recovered or brought up to date in this visit; to be told, with Undo. */
      readonly recovered: Loaded['recovered'];
      readonly migrated: Loaded['migrated'];
    }
  /** The storage was emptied underneath: edits go on in memory, which holds the only copy. */
  | { readonly kind: 'lost'; readonly finding: PersistenceFinding }
  /** What can be shown is shown, nothing can be changed. */
  | { readonly kind: 'readOnly'; readonly finding: PersistenceFinding };

/** Records done, of so many. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

export interface RecordView<T> {
  readonly id: string;
  /** What is on screen: edits show at once, saved or not. */
  readonly data: T;
  /** ISO 8601; null until it was stored. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Revision of what is stored; 0 when nothing is. */
  readonly rev: number;
  /** New: it lives among the drafts until someone saves it. */
  readonly isDraft: boolean;
  /** Memory is ahead of storage. */
  readonly isUnsaved: boolean;
}

export type RecordsView<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly records: readonly RecordView<T>[]; readonly readOnly: boolean };

export type DocumentView<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'open';
      readonly data: T;
      readonly isDraft: boolean;
      readonly readOnly: boolean;
      readonly tags: ReadonlySet<Tag>;
      /** Why it is not saved, if so. */
      readonly finding: SaveFinding | null;
    };

export type SaveResult =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved'; readonly finding: SaveFinding | null };

export type ChangeResult =
  | { readonly kind: 'committed'; readonly commitId: string }
  /** There was nothing to change. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'notCommitted';
      readonly why:
        | 'conflicted'
        | 'wouldShrink'
        | 'behind'
        | 'newer'
        | 'full'
        | 'failed'
        /** Not known yet: it may have landed. */
        | 'unsure'
        /** The edits in these records cannot be saved now, and they are not thrown away. */
        | 'unsaved';
    };

export type UndoResult =
  | ChangeResult
  /** These changed since and would be left as they are. Ask, then undo the rest with `agreed`. */
  | { readonly kind: 'touched'; readonly touched: readonly { store: string; id: string }[] }
  /** Squashed together with others: it can no longer be undone on its own. */
  | { readonly kind: 'absorbed' }
  | { readonly kind: 'unknown' };

/** Nothing can be changed before a load has verified what is stored, or while it is shown read-only. */
export class NotReady extends Error {
  override readonly name = 'NotReady';

  constructor() {
    super('Nothing can be changed now: the data is not loaded, or shown read-only');
  }
}

import type { LoadFinding, SaveFinding, Tag } from '../../machines/types.ts';
import type { Damage } from '../vault/contract.ts';

/** Something that changes and can be looked at; made for `useSyncExternalStore`. */
export interface View<T> {
  subscribe(listener: () => void): () => void;
  /** The same object until something in it has changed. */
  getSnapshot(): T;
}

/** How far the data has got at start-up. Until `ready` nothing is shown as data, least of all as empty. */
export type LoadView =
  | { readonly kind: 'loading' }
  /** `damage`: what was repaired or set aside; to be told. */
  | { readonly kind: 'ready'; readonly damage: readonly Damage[] }
  /** Someone chose to decide later: what could be read is shown, nothing can be changed. */
  | { readonly kind: 'readOnly'; readonly finding: LoadFinding }
  | {
      readonly kind: 'unavailable' | 'tooNew';
      readonly finding: LoadFinding;
      /** "Nothing has been deleted or overwritten" may be said. */
      readonly nothingChanged: boolean;
      /** What the machine accepts now: the enabled buttons. */
      readonly can: { readonly DOWNLOAD: boolean; readonly RETRY: boolean; readonly DEFER: boolean };
      /**
       * Reads the raw bytes and hands them over; only then does it count as done.
       *
       * @throws StorageError when nothing can be read at all
       */
      download(handOver: (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>): Promise<void>;
      retry(): void;
      defer(): void;
    };

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

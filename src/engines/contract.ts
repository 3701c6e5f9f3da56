import type { StorageError } from './errors.ts';

/** The five places of a vault (durability 3.1). */
export type Kind = 'log' | 'snapshots' | 'head' | 'marks' | 'quarantine';
export const KINDS: readonly Kind[] = ['log', 'snapshots', 'head', 'marks', 'quarantine'];

/** `[seq, page]` in log and snapshots; a name elsewhere. */
export type Key = string | readonly [seq: number, page: number];

/** Both ends belong to the range. */
export interface KeyRange {
  from: Key;
  to: Key;
}

/** One stored value, read on its own, so that an unreadable one does not hide the rest (F31). */
export type Entry = { key: Key; value: unknown } | { key: Key; error: StorageError };

export interface Reader {
  /**
   * @returns the stored value, or `undefined` when there is none. The value may be anything: nothing is verified here
   * @throws StorageError of class `corrupt` when there is a value that cannot be read
   */
  get(kind: Kind, key: Key): Promise<unknown>;
  /** Everything of a kind, or of a range, in key order. */
  entries(kind: Kind, range?: KeyRange): Promise<Entry[]>;
  keys(kind: Kind, range?: KeyRange): Promise<Key[]>;
}

/** Writes are issued at once and settle with the transaction; a refused one aborts all of it. */
export interface Writer extends Reader {
  /** Refused when the key is taken: a commit never replaces a commit. */
  add(kind: Kind, key: Key, value: Uint8Array): void;
  put(kind: Kind, key: Key, value: Uint8Array): void;
  delete(kind: Kind, key: Key): void;
}

/** A transaction under way. */
export interface Write<T> {
  /**
   * Resolves with the body's result once all of it is durable: on `complete`, never on a request's success (F19).
   * Rejects with the body's own error, or with a StorageError. Unless that `isUncertain`, nothing landed.
   */
  readonly done: Promise<T>;
  /** Gives up. `aborted` proves that nothing landed, `landed` that all of it did; silence proves nothing. */
  abort(): Promise<'aborted' | 'landed'>;
}

export type Lost = 'closed' | 'superseded' | 'vanished';

export type LostListener = (why: Lost) => unknown;

export interface Connection {
  /** One read-only transaction. The body may await only what `Reader` returns. */
  read<T>(kinds: readonly Kind[], body: (reader: Reader) => Promise<T>): Promise<T>;
  /** One strict read-write transaction. The body may await only what `Writer` returns: anything else commits early. */
  write<T>(kinds: readonly Kind[], body: (writer: Writer) => Promise<T>): Write<T>;
  /**
   * Called once, when the connection can no longer be used, and why. Returns how to stop listening.
   *
   * A listener that is told `superseded` may still write, and return a promise of having done so: the newer tab waits a
   * moment for it (F07).
   */
  onLost(listener: LostListener): () => void;
  close(): void;
}

export type Opening =
  /**
   * `created`: there was no database before (`oldVersion` 0): a first run, or vanished. The witness tells.
   * `warning`: a look at the databases failed just before; together with `created` the browser has wiped a damaged
   * store, whatever the witness says (F42).
   */
  | { kind: 'open'; connection: Connection; created: boolean; warning?: StorageError }
  /** Another tab holds an older version. `unblocked` resolves with the connection when it lets go (F04, F05). */
  | { kind: 'blocked'; unblocked: Promise<Connection> }
  /** The database was made by a newer version of the app (F08). */
  | { kind: 'newer' }
  | { kind: 'denied'; error: StorageError }
  | { kind: 'broken'; error: StorageError };

/**
 * What `Write.done` stands for once it has resolved.
 *
 * - `strict`: it is on the disk.
 * - `eventual`: it outlives the page and its crash, and the browser writes it down within a minute. A browser that is killed
 *   before then loses the newest commits, newest first; what is left is a whole earlier state (docs/decisions/0005).
 * - `session`: it ends with the page.
 */
export type Durability = 'strict' | 'eventual' | 'session';

export interface Engine {
  readonly name: 'indexeddb' | 'localstorage' | 'memory';
  readonly durability: Durability;
  /** Opens, within a deadline; a late success is closed (F06). Never deletes anything. */
  open(): Promise<Opening>;
  /**
   * Opens what a newer build made, as it is, for a download: it is not to be written. Makes and upgrades nothing.
   *
   * @throws StorageError
   */
  peek?(): Promise<Connection>;
  /** Writes, commits and reads back in a place of its own. Throws a StorageError when that does not work. */
  probe(connection: Connection): Promise<void>;
}

/** A timer source. `SimulatedClock` of xstate fits, so one clock drives machines, services and engines in a test. */
export interface Clock {
  setTimeout(task: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/**
 * All that the world gives: time, ids, randomness, storage, locks, channels.
 *
 * Made once, at the composition root, and handed down, so that a test can own every part of it. Nothing below the
 * root reads a global clock, `Math.random`, `crypto.randomUUID`, `indexedDB`, `localStorage` or `navigator`.
 */
export interface Environment {
  /** Milliseconds since 1970. For display and retention only; order never depends on it [I15]. */
  now(): number;
  /** A new identifier that nobody else makes: a UUID in production. */
  newId(): string;
  /** From 0 (inclusive) to 1 (exclusive). For jitter. */
  random(): number;
  clock: Clock;
  /** The IndexedDB factory. A getter may throw where access is denied (F16): call it inside a try. */
  indexedDB?(): IDBFactory | undefined;
  /** The synchronous storage: witness, journal, and the fallback engine. May throw (F29). */
  localStorage?(): Storage | undefined;
  /** Web Locks, where there are any. */
  locks?: LockManager | undefined;
  /** Hints between tabs, where there are any. Never a source of truth (F61). */
  channel?: ((name: string) => BroadcastChannel) | undefined;
  /** SHA-256 off the main thread, where the page is a secure context; otherwise digests are made synchronously. */
  subtle?: Pick<SubtleCrypto, 'digest'> | undefined;
  /** For exports under a passphrase; absent where the page is no secure context. */
  encryption?: FileEncryption | undefined;
  /** Resolves in a later task, so that the page can paint and answer. Without it a timer does. */
  pause?: (() => Promise<void>) | undefined;
  /** The browser's guess of use and quota, and its promise to keep data. May be absent, throw, or lie (F21, F22). */
  storageManager?: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined;
  /** Absent where there is no page: in a worker, in Node. */
  page?: PageLife | undefined;
  /** Starts a worker that folds (`client/foldWorker.ts`). Without one the page folds by itself. May throw. */
  foldWorker?: (() => FoldWorker) | undefined;
}

/** What encrypting a file takes. */
export interface FileEncryption {
  readonly subtle: Pick<SubtleCrypto, 'importKey' | 'deriveKey' | 'encrypt' | 'decrypt'>;
  /** As many bytes as asked, that nobody can guess. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

/** What is used of a `Worker`. */
export interface FoldWorker {
  postMessage(message: unknown): void;
  addEventListener(type: 'message' | 'error', listener: (event: { data?: unknown }) => void): void;
  terminate(): void;
}

/** The life of a page, as far as data has to know it. */
export interface PageLife {
  /** It is out of sight, and perhaps never seen again. */
  onHidden(task: () => void): () => void;
  /** It ends, or goes into the back/forward cache: only what is synchronous is sure to run, and no IndexedDB (F11). */
  onLeaving(task: () => void): () => void;
  /** It is looked at again: other tabs may have gone ahead. */
  onShown(task: () => void): () => void;
  /** It is back from the back/forward cache: its connections may be dead without an event (F59). */
  onReturned(task: () => void): () => void;
}

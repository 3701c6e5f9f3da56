import type { Failure } from './types.ts';

/** Where bytes may live. */
export type EngineName = 'indexeddb' | 'localstorage' | 'memory';

/** What is known before anything is opened: read once, at the start of the page. */
export interface BootInput {
  /** The witness knows of data, or cannot be read. Then nothing stands in for the database unasked (I9). */
  readonly mayHoldData: boolean;
  /** There are Web Locks, without which localStorage is not safe between tabs. */
  readonly canUseLocalStorage: boolean;
}

/** How opening an engine turned out. */
export type BootOpening =
  | BootOpened
  | { readonly kind: 'newer' }
  | { readonly kind: 'blocked' }
  | ({ readonly kind: 'failed' } & Failure);

export interface BootOpened {
  readonly kind: 'open';
  readonly engine: EngineName;
  /** Does what is kept outlive the session? */
  readonly isDurable: boolean;
  /** There was no database before. */
  readonly isCreated: boolean;
  /** A look at the databases failed, and then there was none: the browser removed a damaged store (F42). */
  readonly isWiped: boolean;
}

/** Why `boot` asks a person. */
export type BootFinding =
  /** Another tab holds an older version of the database. */
  | { readonly code: 'blocked' }
  | ({
      readonly code: 'notOpened' | 'notWritable';
      /** Openings that were tried. */
      readonly tries: number;
      readonly mayHoldData: boolean;
    } & Failure);

/** Outcome of the `boot` machine. */
export type BootResult =
  | {
      readonly kind: 'opened';
      readonly engine: EngineName;
      /** `read`: a newer version of the app made the database. */
      readonly access: 'write' | 'read';
      readonly isDurable: boolean;
      /** Whoever loads must not take what is empty for a first run. */
      readonly isWiped: boolean;
    }
  | { readonly kind: 'deferred'; readonly finding: BootFinding };

import type { Lock } from '../src/bundle/lockShape.ts';
import type { Accepted, Refused } from '../src/bundle/verdict.ts';
import type { Failure } from './types.ts';

/** A file that a person chose, dropped or pasted; a `Blob` is one. Its bytes are read once, and never again. */
export interface ChosenFile {
  /** In bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Where the bytes come from. */
export type IntakeSource =
  | { readonly kind: 'file'; readonly file: ChosenFile }
  /** At hand already: a backup, or what was inside an encrypted file. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> };

/** What checking gave `intake`. `hash`: SHA-256 of the bytes, 64 hex digits; names the file, for choices made about it. */
export type FileCheck =
  | { readonly kind: 'accepted'; readonly accepted: Accepted; readonly hash: string }
  | { readonly kind: 'refused'; readonly refused: Refused; readonly hash: string }
  | { readonly kind: 'locked'; readonly lock: Lock };

export type Unlocking =
  | { readonly kind: 'unlocked'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'wrong-passphrase' };

/** Why `intake` asks. */
export type IntakeFinding =
  /** The person opened it. */
  | { readonly code: 'asked' }
  | { readonly code: 'locked'; readonly isWrong: boolean }
  /** Opening did not work, whatever the passphrase is. */
  | ({ readonly code: 'notUnlocked' } & Failure)
  | { readonly code: 'refused'; readonly refused: Refused }
  /** The file could not be read, or reading it did not end. */
  | ({ readonly code: 'unreadable' } & Failure);

/** Outcome of the `intake` machine. */
export type IntakeResult =
  | { readonly kind: 'accepted'; readonly accepted: Accepted; readonly hash: string }
  | { readonly kind: 'left' };

import type { BundleDomain } from '../../bundle/domain.ts';
import type { LockSubtle } from '../../bundle/lockBundle.ts';
import type { Hands } from '../hands.ts';

/** What export, import and conflicts work with besides: what the app knows of its files, and a page that must answer. */
export interface ImportHands extends Hands {
  readonly domain: BundleDomain;
  /** Resolves in a later task, so that the page can paint and answer. Never a timer of the environment's clock. */
  pause(): Promise<void>;
  /** For encrypted exports; absent where the page is no secure context. */
  readonly crypto?: FileCrypto | undefined;
  /** Told how far a long service has got. */
  progress?(progress: Progress): void;
}

export interface FileCrypto {
  readonly subtle: LockSubtle;
  /** As many bytes as asked, that nobody can guess. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

export interface Progress {
  readonly service:
    | 'checkFile'
    | 'unlockBundle'
    | 'planImport'
    | 'compareRecords'
    | 'checkMerged'
    | 'buildFile';
  /** From 0 to 1. An estimate, which never goes back. */
  readonly share: number;
}

import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Environment } from '../environment.ts';
import { toBytes } from './bytes.ts';

/** Below this, waiting for an asynchronous digest takes longer than the digest. */
const SYNC_BELOW_BYTES = 2_048;

/** 64 hex digits. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** For small inputs and inside transactions, where awaiting anything foreign would commit early. */
export function sha256(input: Uint8Array | string): string {
  return bytesToHex(sha256Bytes(typeof input === 'string' ? toBytes(input) : input));
}

/**
 * SHA-256 beside the main thread, where the page is a secure context; synchronous otherwise.
 *
 * @param syncBelowBytes  0 for many small inputs at once: together they are worth it
 */
export function digestWith(subtle: Environment['subtle'], syncBelowBytes = SYNC_BELOW_BYTES): Digest {
  return async (bytes) => {
    if (subtle === undefined || bytes.length < syncBelowBytes) return sha256(bytes);
    return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  };
}

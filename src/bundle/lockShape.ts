import { canonical } from '../vault/canonical.ts';
import { sha256 } from '../vault/sha256.ts';
import type { Json } from '../vault/types.ts';
import { LockedPart } from './format.ts';
import { atPath, refusal } from './refusal.ts';
import { whereMisshapen } from './shapes.ts';
import type { Locked, Refused } from './verdict.ts';

/** An encrypted export as the file holds it. */
export interface Lock {
  readonly checksum: string;
  readonly cipher: 'AES-GCM';
  /** Base64, in pieces. */
  readonly data: readonly string[];
  readonly hash: 'SHA-256';
  readonly iterations: number;
  readonly iv: string;
  readonly kdf: 'PBKDF2';
  readonly salt: string;
}

/** OWASP's figure for PBKDF2 with SHA-256: what a guess costs. */
export const PBKDF2_ITERATIONS = 600_000;
/** A file must not be able to keep a browser busy for minutes. */
const MAX_ITERATIONS = 10_000_000;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What the checksum covers: everything else, so that damage is told from a wrong passphrase. */
export function lockChecksum({ checksum: _, ...rest }: Lock): string {
  return sha256(canonical(rest));
}

/** What the seal covers beside the data itself: nobody can change the parameters and keep it. */
export function lockParameters({
  cipher,
  hash,
  iterations,
  iv,
  kdf,
  salt,
}: Omit<Lock, 'checksum' | 'data'>): string {
  return canonical({ cipher, hash, iterations, iv, kdf, salt });
}

/** Judges the encrypted part of a file, without opening it. */
export function lockOf(file: { readonly [member: string]: Json }): Locked | Refused {
  const misshapen = whereMisshapen(LockedPart, file.locked);
  if (misshapen !== undefined) return refusal('schema', { at: atPath(`locked${misshapen}`) });
  const lock = file.locked as unknown as Lock;
  if (lockChecksum(lock) !== lock.checksum)
    return refusal('checksum-mismatch', { at: atPath('locked.checksum') });
  if (lock.iterations < 1 || lock.iterations > MAX_ITERATIONS)
    return refusal('schema', { at: atPath('locked.iterations') });
  if (![lock.iv, lock.salt, ...lock.data].every((text) => BASE64.test(text)))
    return refusal('schema', { at: atPath('locked') });
  return { kind: 'locked', lock };
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** What a framed text turned out to be. A torn one is cut short, overwritten in part, or never was a frame. */
export type Unframed = { kind: 'sound'; payload: string } | { kind: 'torn' };

/**
 * Puts length and digest in front of a text, so that a torn write is told from a whole one (F32):
 * `<code units>:<SHA-256 of the code units, 64 hex digits>:<payload>`. Synchronous, since `pagehide` allows no promises
 * (F36).
 */
export function frame(payload: string): string {
  return `${payload.length}:${digestOf(payload)}:${payload}`;
}

export function unframe(text: string): Unframed {
  const [, length, digest] = /^(\d+):([0-9a-f]{64}):/.exec(text) ?? [];
  if (length === undefined || digest === undefined) return { kind: 'torn' };
  const payload = text.slice(length.length + digest.length + 2);
  if (payload.length !== Number(length) || digestOf(payload) !== digest) return { kind: 'torn' };
  return { kind: 'sound', payload };
}

/** Two bytes a code unit: exact for any string, lone surrogates too. */
function digestOf(text: string): string {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[2 * at] = unit & 0xff;
    bytes[2 * at + 1] = unit >> 8;
  }
  return bytesToHex(sha256(bytes));
}

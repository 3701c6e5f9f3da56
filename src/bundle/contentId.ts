import { canonical } from '../vault/canonical.ts';
import { sha256 } from '../vault/sha256.ts';
import type { Json } from '../vault/types.ts';
import type { BundleRecord } from './bundle.ts';

/** An id in the form of a UUID, made from the content: what is imported twice is there once. */
export function idFor(content: Json): string {
  const hash = sha256(canonical(content));
  // Version 8: a UUID whose bits somebody chose (RFC 9562, section 5.8).
  const groups = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
  return [...groups, hash.slice(20, 32)].join('-');
}

/** The id of a copy beside the original. */
export function copyIdOf({ store, id, data }: BundleRecord): string {
  return idFor([store, id, data]);
}

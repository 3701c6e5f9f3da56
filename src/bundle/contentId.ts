import { toBytes } from '../vault/bytes.ts';
import { canonical } from '../vault/canonical.ts';
import { type Digest, sha256 } from '../vault/sha256.ts';
import type { Json } from '../vault/types.ts';
import type { BundleRecord } from './bundle.ts';

/** An id made from the content: what is imported twice is there once. */
export async function idFor(content: Json, digest: Digest): Promise<string> {
  return asUuid(await digest(toBytes(canonical(content))));
}

/** The id of a copy beside the original. */
export function copyIdOf({ store, id, data }: BundleRecord): string {
  return asUuid(sha256(canonical([store, id, data])));
}

/** Version 8: a UUID whose bits somebody chose (RFC 9562, section 5.8). */
function asUuid(hash: string): string {
  const groups = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
  return [...groups, hash.slice(20, 32)].join('-');
}

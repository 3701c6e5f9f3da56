import { toBytes } from './bytes.ts';
import { canonical } from './canonical.ts';
import { type Digest, sha256 } from './sha256.ts';
import type { Envelope, Json } from './types.ts';

/** What the record checksum covers: content and identity. `rev`, vault and order are covered by digests and seals. */
export type Content = Pick<Envelope, 'createdAt' | 'id' | 'store' | 'updatedAt' | 'version'> & {
  data: unknown;
};

/** The canonical text whose SHA-256 is the record's checksum. `data` is canonical already. */
export function contentText(
  { createdAt, id, store, updatedAt, version }: Omit<Content, 'data'>,
  data: string,
): string {
  return `{"createdAt":${canonical(createdAt)},"data":${data},"id":${canonical(id)},"store":${canonical(store)},"updatedAt":${canonical(updatedAt)},"version":${canonical(version)}}`;
}

/**
 * Content identity of a record, the same in log, snapshot, export and on the backup server (durability 3.2).
 *
 * @throws StorageError of class `programmer` when the data is nothing that JSON can hold
 */
export function recordChecksum(content: Content): string {
  return sha256(contentText(content, canonical(content.data)));
}

/** The same off the main thread. @param data  canonical already, where it is */
export function digestRecord(
  content: Content,
  digest: Digest,
  data = canonical(content.data),
): Promise<string> {
  return digest(toBytes(contentText(content, data)));
}

/** A record ready to be stored, and its line: long data is made canonical once. */
export interface SealedRecord {
  readonly record: Envelope;
  readonly line: string;
}

/** `data` is taken as JSON gives it back: -0 is 0. */
export async function sealRecord(content: Content, rev: number, digest: Digest): Promise<SealedRecord> {
  const { createdAt, id, store, updatedAt, version } = content;
  const data = canonical(content.data);
  const checksum = await digestRecord(content, digest, data);
  return {
    record: { checksum, createdAt, data: JSON.parse(data) as Json, id, rev, store, updatedAt, version },
    line: `{"checksum":${canonical(checksum)},"createdAt":${canonical(createdAt)},"data":${data},"id":${canonical(id)},"rev":${rev},"store":${canonical(store)},"updatedAt":${canonical(updatedAt)},"version":${canonical(version)}}`,
  };
}

/** The record's line in a snapshot or commit, without the line end. */
export function recordLine(record: Envelope): string {
  return canonical(record);
}

/** One name for a record across all stores. */
export function recordKey(store: string, id: string): string {
  return `${store}\u0000${id}`;
}

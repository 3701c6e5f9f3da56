import type { Key, Kind, Writer } from '../engines/contract.ts';
import { isOfClass, StorageError } from '../engines/errors.ts';
import { isBytes, toBase64, toBytes, toText } from './bytes.ts';
import { canonical, isPlainObject } from './canonical.ts';
import { sha256 } from './sha256.ts';
import type { Quarantined } from './types.ts';

/** Damaged or foreign bytes as they go into quarantine. The id is that of the bytes: the same ones are kept once. */
export function quarantined(
  bytes: Uint8Array<ArrayBuffer>,
  { where, why, at }: Omit<Quarantined, 'id' | 'bytes'>,
): Quarantined {
  return { id: sha256(bytes), bytes: toBase64(bytes), where, why, at };
}

/**
 * A stored value that is not as it was written, as it goes into quarantine before another takes its place.
 *
 * @throws StorageError of class `corrupt` when it cannot be copied: then it must stay
 */
export function damagedValue(kind: Kind, key: Key, found: unknown, at: string): Quarantined {
  const where = kind === 'head' ? kind : `${kind} ${JSON.stringify(key)}`;
  return quarantined(bytesToKeep(found, where), { where, why: 'corrupt:checksum', at });
}

/**
 * The bytes of a copy: those that are stored, or of what no engine of ours would have stored its JSON.
 *
 * @param where  for the message
 * @throws StorageError of class `corrupt` when there is no such thing
 */
export function bytesToKeep(found: unknown, where: string): Uint8Array<ArrayBuffer> {
  if (isBytes(found)) return found;
  try {
    return toBytes(canonical(found));
  } catch (cause) {
    throw new StorageError('corrupt', `what is stored at ${where} cannot be copied`, { cause });
  }
}

/** Places tried for one copy. Where all of them are taken by what cannot be read, there is no end to them. */
const MAX_PLACES = 16;

/**
 * Adds a copy within the caller's transaction. What is there is never replaced, damaged or not.
 *
 * @throws StorageError of class `corrupt` when there is no place for it: then what it is a copy of must stay, too
 */
export async function keepInQuarantine(writer: Writer, found: Quarantined): Promise<void> {
  for (let copy = 0; copy < MAX_PLACES; copy++) {
    const key = copy === 0 ? found.id : `${found.id}-${copy}`;
    const kept = await read(writer, 'quarantine', key);
    if (kept === undefined) return writer.add('quarantine', key, toBytes(canonical(found)));
    if (decodeQuarantined(kept)?.bytes === found.bytes) return;
  }
  throw new StorageError('corrupt', 'no place in quarantine can be read');
}

/** `null` when it is not as it was written. */
export function decodeQuarantined(value: unknown): Quarantined | null {
  try {
    const found: unknown = isBytes(value) ? JSON.parse(toText(value)) : null;
    return isPlainObject(found) && typeof found.bytes === 'string' ? (found as unknown as Quarantined) : null;
  } catch {
    return null;
  }
}

/** An unreadable value counts as taken: nothing is written over it. */
async function read(writer: Writer, kind: Kind, key: Key): Promise<unknown> {
  try {
    return await writer.get(kind, key);
  } catch (error) {
    if (isOfClass(error, 'corrupt')) return null;
    throw error;
  }
}

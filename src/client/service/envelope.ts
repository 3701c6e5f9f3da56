import { seedChecksum } from '../../vault/seedChecksum.ts';
import type { StorageEnvelope } from './types.ts';

export { seedChecksum };

/**
 * The seed's envelope around data, with the seed's checksum. For reading and writing its files only: the checksum is weak.
 *
 * @throws TypeError for data that JSON cannot hold
 *
 * @example
 * wrapEnvelope({ theme: 'dark' }, { version: 1, createdAt, updatedAt }).checksum // 'lpr0mx'
 */
export function wrapEnvelope<T>(
  data: T,
  { version, createdAt, updatedAt }: Pick<StorageEnvelope<T>, 'version' | 'createdAt' | 'updatedAt'>,
): StorageEnvelope<T> {
  const checksum = seedChecksum(data);
  if (checksum === undefined) throw new TypeError('JSON leaves out what was to be wrapped');
  return { version, createdAt, updatedAt, checksum, data };
}

/** Does the seed's checksum fit the data? It proves little: it sees neither version nor dates, and collides (hl7.md 3.5). */
export function isSealedEnvelope({ checksum, data }: StorageEnvelope<unknown>): boolean {
  return seedChecksum(data) === checksum;
}

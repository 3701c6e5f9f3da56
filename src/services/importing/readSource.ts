import type { IntakeSource } from '../../../machines/intake.types.ts';
import { StorageError } from '../../engines/errors.ts';

/**
 * The bytes, read once: whatever happens to the file later changes nothing.
 *
 * @throws StorageError `transient`: the drive is gone, the file was replaced, or it may not be read
 */
export async function readSource(source: IntakeSource): Promise<Uint8Array<ArrayBuffer>> {
  if (source.kind === 'bytes') return source.bytes;
  try {
    return new Uint8Array(await source.file.arrayBuffer());
  } catch (cause) {
    const platformName = cause instanceof Error ? cause.name : 'unknown';
    throw new StorageError('transient', 'The file could not be read', { platformName, cause });
  }
}

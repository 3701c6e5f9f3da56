import type { Connection } from './contract.ts';
import { StorageError } from './errors.ts';

/** The mark that a probe writes and removes. It never holds anything of the vault. */
export const PROBE_MARK = '~probe';

/**
 * Proves that a connection can do all that is asked of it: writes, commits and reads back in a place of its own.
 * Feature detection proves nothing: private windows and blocked cookies fail only when used (F16, F17).
 *
 * @throws StorageError of the class that the failing step has; `corrupt` when other bytes come back
 */
export async function probeConnection(connection: Connection, token: string): Promise<void> {
  const written = new TextEncoder().encode(token);
  await connection.write(['marks'], async (writer) => writer.put('marks', PROBE_MARK, written)).done;
  const found = await connection.read(['marks'], (reader) => reader.get('marks', PROBE_MARK));
  await connection.write(['marks'], async (writer) => writer.delete('marks', PROBE_MARK)).done;
  const isSame =
    found instanceof Uint8Array &&
    found.length === written.length &&
    found.every((byte, at) => byte === written[at]);
  if (!isSame) throw new StorageError('corrupt', 'The probe read back something else than it wrote');
}

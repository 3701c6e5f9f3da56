import type { Connection } from './contract.ts';
import { StorageError } from './errors.ts';

/** The mark that a probe writes and removes. It never holds anything of the vault. */
export const PROBE_MARK = '~probe';

/** What every probe writes begins so, whichever tab wrote it. */
const SIGN = 'probe ';
/** Tabs that start together may remove each other's mark; a storage that keeps nothing never shows one. */
const MAX_LOOKS = 5;

/**
 * Proves that a connection can do all that is asked of it: writes, commits and reads back in a place of its own.
 * Feature detection proves nothing: private windows and blocked cookies fail only when used (F16, F17).
 *
 * What another tab has written there meanwhile proves as much: that tab tries the same storage at the same time.
 *
 * @throws StorageError of the class that the failing step has; `corrupt` when other bytes come back, or none
 */
export async function probeConnection(connection: Connection, token: string): Promise<void> {
  const written = `${SIGN}${token}`;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    await connection.write(['marks'], async (writer) =>
      writer.put('marks', PROBE_MARK, new TextEncoder().encode(written)),
    ).done;
    const found = textOf(await connection.read(['marks'], (reader) => reader.get('marks', PROBE_MARK)));
    await connection.write(['marks'], async (writer) => {
      if (textOf(await writer.get('marks', PROBE_MARK)) === written) writer.delete('marks', PROBE_MARK);
    }).done;
    if (found?.startsWith(SIGN)) return;
    if (found !== undefined) break;
  }
  throw new StorageError('corrupt', 'The probe read back something else than it wrote');
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}

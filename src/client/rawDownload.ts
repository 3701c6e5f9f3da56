import type { Connection, Entry, Kind } from '../engines/contract.ts';
import type { Owner } from '../engines/owner.ts';
import { openedBy } from '../services/opened.ts';

/**
 * Once a damaged block was touched, what read fine before may no longer do (docs/decisions/0002): what exists only once
 * comes first, and snapshots, which are many and large, last.
 */
const SALVAGE_ORDER: readonly Kind[] = ['head', 'log', 'marks', 'quarantine', 'snapshots'];

/**
 * Everything stored, exactly as found, as JSON: bytes in base64, what cannot be read named as that. Changes nothing.
 *
 * Each kind is read on its own, so that one which cannot be read does not hide the rest.
 *
 * @throws StorageError when there is no connection
 */
export async function rawDownload(
  owner: Owner,
  { name, at, log }: { name: string; at: string; log: readonly string[] },
) {
  const connection = await readable(owner);
  const stored: Record<string, unknown> = {};
  for (const kind of SALVAGE_ORDER) {
    try {
      stored[kind] = (await connection.read([kind], (reader) => reader.entries(kind))).map(describe);
    } catch (error) {
      stored[kind] = { error: nameOf(error) };
    }
  }
  // A lasting connection belongs to its owner; one that was made to look is closed.
  if (connection.isOwn) connection.close();
  return toBytes({ format: 'raw-1', name, at, engine: owner.engine.name, log, stored });
}

/** Through its owner; what a newer build made is only looked at. */
async function readable(owner: Owner): Promise<Pick<Connection, 'read' | 'close'> & { isOwn: boolean }> {
  const { engine } = owner;
  const opening = await owner.open();
  if (opening.kind === 'newer' && engine.peek) {
    const { read, close } = await engine.peek();
    return { read, close, isOwn: true };
  }
  const { read, close } = (await openedBy(owner)).connection;
  return { read, close, isOwn: false };
}

/** JSON as the bytes of a file. */
export function toBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value, null, 1));
}

function describe(entry: Entry): unknown {
  if ('error' in entry) return { key: entry.key, error: nameOf(entry.error) };
  const { key, value } = entry;
  return value instanceof Uint8Array ? { key, base64: base64Of(value) } : { key, value };
}

function nameOf(error: unknown): string {
  const { class: errorClass, name } = error as { class?: string; name?: string };
  return errorClass ?? name ?? 'unknown';
}

/** In pieces: a call with a million arguments overflows the stack. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 0x8000)));
  }
  return btoa(pieces.join(''));
}

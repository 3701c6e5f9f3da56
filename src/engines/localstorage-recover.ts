import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { bytesOfText, textOfBytes } from './latin1.ts';
import { applyPending, pendingIn } from './localstorage-batch.ts';
import type { Names } from './localstorage-keys.ts';
import type { TextStore } from './text-store.ts';

/**
 * Ends what a crash left, under the exclusive lock and before anything else: a sound slot is completed, a torn one is set
 * aside in quarantine, byte for byte. Where there is no room for that it stays where it is.
 *
 * @param at  the time that the quarantine notes, ISO 8601
 * @throws StorageError `capacity` when a sound slot does not fit: then nothing may be written over it
 */
export function recover(store: TextStore, names: Names, at: string): void {
  store.remove(names.reserve);
  for (const pending of pendingIn(store, names)) {
    if (pending.kind === 'sound') applyPending(store, pending);
    else setAside(store, names, { ...pending, at });
  }
}

function setAside(store: TextStore, names: Names, found: { slot: string; text: string; at: string }): void {
  const latin1 = bytesOfText(found.text);
  const bytes = latin1 ?? codeUnitsOf(found.text);
  const id = `slot-${bytesToHex(sha256(bytes))}`;
  const name = names.of('quarantine', id);
  // The shape of all quarantine entries, as canonical JSON; the same bytes are kept once.
  const entry = JSON.stringify({
    at: found.at,
    bytes: btoa(textOfBytes(bytes)),
    id,
    where: `localStorage ${found.slot}${latin1 ? '' : ', UTF-16LE'}`,
    why: 'torn',
  });
  try {
    if (store.get(name) === null) store.set(name, entry);
  } catch {
    // No room: the slot itself keeps the bytes.
    return;
  }
  store.remove(found.slot);
}

function codeUnitsOf(text: string): Uint8Array {
  return Uint8Array.from(
    { length: text.length * 2 },
    (_, at) => text.charCodeAt(at >> 1) >> (at % 2 ? 8 : 0),
  );
}

import type { SentDump, SentValue } from '../dump.ts';
import type { Visit } from './visit.ts';

const DATABASE = 'hl7-workbench';

/** The plain reader: everything stored, by IndexedDB calls alone. It imports nothing of the product. */
export async function main(visit: Visit): Promise<void> {
  const database = await openExisting();
  const dump: SentDump = {};
  for (const store of database?.objectStoreNames ?? [])
    dump[store] = await valuesOf(database as IDBDatabase, store);
  database?.close();
  await visit.report('dump', dump);
}

/** @returns `null` when there is none: a reader must not make one */
function openExisting(): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    let isNew = false;
    const request = indexedDB.open(DATABASE);
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (isNew ? resolve(null) : reject(request.error));
  });
}

function valuesOf(database: IDBDatabase, store: string): Promise<SentValue[]> {
  const open = () => database.transaction(store).objectStore(store);
  // A transaction for each value: in Chromium, one that cannot be read aborts its transaction at the end.
  const read = async (key: IDBValidKey): Promise<SentValue> => {
    try {
      const value: unknown = await settled(open().get(key));
      if (value instanceof Uint8Array) return [key, { base64: base64Of(value) }];
      return [key, { instead: Object.prototype.toString.call(value) }];
    } catch (error) {
      return [key, { instead: String(error) }];
    }
  };
  return settled(open().getAllKeys()).then((keys) => Promise.all(keys.map(read)));
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

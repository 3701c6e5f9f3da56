import type { SentDump, SentValue } from '../dump.ts';
import type { Visit } from './visit.ts';

const NAME = 'hl7-workbench';

/** The plain reader: everything stored, by the platform's calls alone. It imports nothing of the product. */
export async function main(visit: Visit): Promise<void> {
  await visit.report('dump', visit.engine === 'localstorage' ? localStorageDump() : await indexedDbDump());
}

async function indexedDbDump(): Promise<SentDump> {
  const database = await openExisting();
  const dump: SentDump = {};
  for (const store of database?.objectStoreNames ?? [])
    dump[store] = await valuesOf(database as IDBDatabase, store);
  database?.close();
  return dump;
}

/** `<name>:<store>:<key as JSON>` → a character for each byte. */
function localStorageDump(): SentDump {
  const dump: Record<string, SentValue[]> = { log: [], snapshots: [], head: [], marks: [], quarantine: [] };
  for (const name of Object.keys(localStorage)) {
    const [, store = '', key = ''] = /^[^:]+:(\w+):(.*)$/.exec(name) ?? [];
    if (name.startsWith(`${NAME}:`) && store in dump) {
      dump[store]?.push([JSON.parse(key), { base64: btoa(localStorage.getItem(name) ?? '') }]);
    }
  }
  return dump;
}

/** @returns `null` when there is none: a reader must not make one */
function openExisting(): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    let isNew = false;
    const request = indexedDB.open(NAME);
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

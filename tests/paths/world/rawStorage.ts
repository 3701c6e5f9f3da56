import type { RawDump } from '../../simulation/world/dump.ts';

/** The stored bytes, past the product and past every fault, over one connection: a world looks at them at every step. */
export interface RawStorage {
  dump(): Promise<RawDump>;
  /** Puts exactly this in place of what is stored. */
  restore(dump: RawDump): Promise<void>;
  close(): void;
}

/** @param name of a database that is there */
export async function openRawStorage(factory: IDBFactory, name: string): Promise<RawStorage> {
  const db = await answer(factory.open(name));
  const names = [...db.objectStoreNames];
  return {
    async dump() {
      const transaction = db.transaction(names);
      const read = names.map(async (kind) => {
        const store = transaction.objectStore(kind);
        const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
        return [kind, keys.map((key, index) => [key, values[index]])] as const;
      });
      return Object.fromEntries(await Promise.all(read)) as RawDump;
    },
    restore(dump) {
      const transaction = db.transaction(names, 'readwrite');
      for (const kind of names) {
        const store = transaction.objectStore(kind);
        store.clear();
        for (const [key, value] of dump[kind] ?? []) store.put(value, key);
      }
      return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
    },
    close: () => db.close(),
  };
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

import * as z from 'zod/mini';
import type { Contender, Opened } from '../contender.ts';
import type { Settings, Template } from '../data.ts';
import { Template as Schema } from './stores.ts';

/** The floor: the whole collection as one value, put and got, nothing else. Relaxed, as browsers do by default. */
export const raw: Contender = { open: () => openRaw({}) };

/** The same with a flush to the disk before it counts as saved. */
export const rawStrict: Contender = { open: () => openRaw({ durability: 'strict' }) };

async function openRaw(options: IDBTransactionOptions): Promise<Opened> {
  const opening = indexedDB.open('raw', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('documents');
  const database = await answered(opening);

  const put = (key: string, value: unknown) =>
    new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('documents', 'readwrite', options);
      transaction.objectStore('documents').put(value, key);
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  const get = (key: string) => answered(database.transaction('documents').objectStore('documents').get(key));

  return {
    fill: (templates) => put('templates', templates),
    save: (templates) => put('templates', templates),
    load: async () => (await get('templates')) as Template[],
    saveSettings: (settings) => put('settings', settings),
    loadSettings: async () => (await get('settings')) as Settings,
    exportFile: async () => new TextEncoder().encode(JSON.stringify(await get('templates'))),
    openEmpty: async () => ({
      async importFile(bytes) {
        const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
        await put('imported', z.array(Schema).parse(found));
      },
      count: async () => ((await get('imported')) as Template[]).length,
    }),
  };
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

import type { Page } from 'playwright-core';

/**
 * Every stored value of the app's database, read without any of the app's code: `store key` → base64 of its bytes, or `!`
 * and the name of the error for a value that the browser does not hand out.
 */
export type RawDump = Record<string, string>;

/** Reads the raw dump in the page. Opens without a version, and gives up rather than create a database. */
export function rawDump(page: Page, name = 'hl7-workbench'): Promise<RawDump> {
  return page.evaluate(async (database) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    if (!(await indexedDB.databases()).some((found) => found.name === database)) return {};
    const connection = await settled(indexedDB.open(database));
    const dump: Record<string, string> = {};
    for (const store of [...connection.objectStoreNames].sort()) {
      const reading = connection.transaction(store).objectStore(store);
      const keys = await settled(reading.getAllKeys());
      for (const key of keys) {
        const name = `${store} ${JSON.stringify(key)}`;
        try {
          const value = await settled(connection.transaction(store).objectStore(store).get(key));
          const bytes = ArrayBuffer.isView(value)
            ? (value as Uint8Array)
            : new TextEncoder().encode(JSON.stringify(value));
          dump[name] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
        } catch (error) {
          dump[name] = `!${(error as Error).name}`;
        }
      }
    }
    connection.close();
    return dump;
  }, name);
}

/** All stored bytes as one text, to look for what was typed. */
export const storedText = async (page: Page): Promise<string> =>
  Object.values(await rawDump(page))
    .map((bytes) => Buffer.from(bytes, 'base64').toString('latin1'))
    .join('\n');

/** Flips one bit in the middle of a stored value, as a failing disk would, and leaves all else as it is. */
export function damage(
  page: Page,
  where: { store: string; key: unknown },
  name = 'hl7-workbench',
): Promise<void> {
  return page.evaluate(
    async ({ database, store, key }) => {
      const settled = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const connection = await settled(indexedDB.open(database));
      const transaction = connection.transaction(store, 'readwrite');
      const values = transaction.objectStore(store);
      const bytes = (await settled(values.get(key as IDBValidKey))) as Uint8Array;
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      values.put(bytes, key as IDBValidKey);
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      connection.close();
    },
    { database: name, ...where },
  );
}

import { classify } from '../../engines/classify.ts';
import { withDeadline } from '../../engines/deadline.ts';
import { StorageError } from '../../engines/errors.ts';
import type { Environment } from '../../environment.ts';

/** A database that hangs must not hold up a start. */
const DEADLINE_MS = 3_000;

type Values = ReadonlyMap<string, unknown> | null;

/**
 * Reads values of a database that is not ours. Neither makes it where it is not there, nor changes it (hl7.md 4, rule 9).
 *
 * @returns the values by key; `null` when there is no such database or store
 * @throws StorageError when it cannot be opened or read, or not in time
 */
export async function readOldDatabase(
  { indexedDB, clock }: Pick<Environment, 'indexedDB' | 'clock'>,
  { database, store, keys }: { database: string; store: string; keys: readonly string[] },
): Promise<Values> {
  try {
    const factory = indexedDB?.();
    if (!factory) return null;
    const known = await factory.databases?.();
    if (known && !known.some(({ name }) => name === database)) return null;
    const opened = open(factory, database);
    const read = opened.then((connection) => connection && valuesIn(connection, store, keys));
    return await withDeadline<Values | PromiseLike<Values>>(clock, read, DEADLINE_MS, () => {
      void opened.then(
        (connection) => connection?.close(),
        () => {},
      );
      return Promise.reject(new StorageError('blocked', 'The earlier database does not answer'));
    });
  } catch (error) {
    throw classify('open', error);
  }
}

/** `null` when it is not there: then the upgrade that would make it is given up. */
function open(factory: IDBFactory, database: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = factory.open(database);
    let isAbsent = false;
    request.onupgradeneeded = () => {
      isAbsent = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      // An old tab that wants to change it must not wait for us.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = (event) => {
      event.preventDefault();
      if (isAbsent) resolve(null);
      else reject(request.error);
    };
  });
}

async function valuesIn(connection: IDBDatabase, store: string, keys: readonly string[]): Promise<Values> {
  try {
    if (!connection.objectStoreNames.contains(store)) return null;
    const source = connection.transaction(store, 'readonly').objectStore(store);
    const values = await Promise.all(keys.map((key) => resultOf(source.get(key))));
    return new Map(keys.map((key, at) => [key, values[at]]));
  } finally {
    connection.close();
  }
}

function resultOf(request: IDBRequest<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

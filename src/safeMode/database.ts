/** One stored value, or the name of the error that stood in its place. */
export type Value = { key: IDBValidKey; value: unknown } | { key: IDBValidKey; error: string };

/** An object store as found: its values, or why none could be listed. */
export interface Store {
  name: string;
  values: Value[];
  error?: string;
}

export interface Database {
  name: string;
  /** Null: it is not there. */
  stores: Store[] | null;
  error?: string;
}

/** A database that is held by something else answers late, or never. */
const DEADLINE_MS = 10_000;
/** What exists only once comes first, snapshots last: touching a damaged block can cost the rest. */
const ORDER = ['head', 'log', 'marks', 'quarantine'];

/** Reads everything in a database, value by value, and creates nothing. Never rejects. */
export async function readDatabase(name: string): Promise<Database> {
  let opened: IDBDatabase | null = null;
  try {
    // Where this fails the storage is damaged, and opening it would begin anew.
    const listed = await indexedDB.databases?.();
    if (listed && !listed.some((found) => found.name === name)) return { name, stores: null };
    opened = await open(name);
    if (!opened) return { name, stores: null };
    const rank = (store: string): number => ORDER.indexOf(store) + 1 || 9;
    const stores: Store[] = [];
    for (const store of [...opened.objectStoreNames].sort((one, other) => rank(one) - rank(other)))
      stores.push(await readStore(opened, store));
    return { name, stores };
  } catch (error) {
    return { name, stores: [], error: nameOf(error) };
  } finally {
    opened?.close();
  }
}

/** Opens without a version, so that nothing is upgraded. Null: there was none, and there is none. */
function open(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    let isLate = false;
    setTimeout(() => {
      isLate = true;
      reject(new DOMException('', 'TimeoutError'));
    }, DEADLINE_MS);
    opening.onupgradeneeded = () => {
      opening.transaction?.abort();
      resolve(null);
    };
    opening.onsuccess = () => {
      const { result } = opening;
      if (isLate) return result.close();
      // Whoever wants to upgrade must not wait for a page that only looks.
      result.onversionchange = () => result.close();
      resolve(result);
    };
    opening.onerror = () => reject(opening.error);
  });
}

async function readStore(from: IDBDatabase, name: string): Promise<Store> {
  // One transaction a value: where one value fails, its transaction is lost, and no other.
  const reading = () => from.transaction(name).objectStore(name);
  try {
    const values: Value[] = [];
    for (const key of await answer(reading().getAllKeys())) {
      try {
        values.push({ key, value: await answer(reading().get(key)) });
      } catch (error) {
        values.push({ key, error: nameOf(error) });
      }
    }
    return { name, values };
  } catch (error) {
    return { name, values: [], error: nameOf(error) };
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function nameOf(error: unknown): string {
  return (error as Error | null)?.name ?? 'Error';
}

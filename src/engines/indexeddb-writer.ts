import { type IDBPObjectStore, type IDBPTransaction, unwrap } from 'idb';
import { classify } from './classify.ts';
import type { Entry, Key, KeyRange, Kind, Writer } from './contract.ts';
import type { StorageError } from './errors.ts';

type Store = IDBPObjectStore<unknown, Kind[], Kind, 'readwrite'>;

interface Listener {
  /** A request failed with this error of the platform. */
  doubt(error: unknown): void;
  /** A write was refused before it was even sent: all of the transaction goes. */
  refuse(error: StorageError): void;
}

/** Reads and writes within one transaction. The promises are those of its requests and of nothing else. */
export function writerOf(
  tx: IDBPTransaction<unknown, Kind[], 'readonly' | 'readwrite'>,
  { doubt, refuse }: Listener,
): Writer {
  const storeOf = (kind: Kind) => tx.objectStore(kind) as unknown as Store;

  const read = async <T>(send: () => Promise<T>): Promise<T> => {
    const sent = call(send);
    // An unhandled error of one request would abort the transaction, and one unreadable value would hide the rest (F31).
    unwrap(sent).addEventListener('error', (event) => event.preventDefault());
    try {
      return await sent;
    } catch (error) {
      doubt(error);
      throw classify('read', error);
    }
  };

  const write = (send: () => Promise<unknown>): void => {
    try {
      // Its failure aborts the transaction, which says so.
      call(send).catch(() => {});
    } catch (error) {
      refuse(error as StorageError);
      throw error;
    }
  };

  const keys = (kind: Kind, range?: KeyRange) =>
    read(() => storeOf(kind).getAllKeys(rangeOf(range))) as Promise<Key[]>;

  const entry = async (kind: Kind, key: Key): Promise<Entry> => {
    try {
      return { key, value: await read(() => storeOf(kind).get(key as IDBValidKey)) };
    } catch (error) {
      return { key, error: classify('read', error) };
    }
  };

  return {
    get: (kind, key) => read(() => storeOf(kind).get(key as IDBValidKey)),
    keys,
    async entries(kind, range) {
      const [all, values] = await Promise.all([
        keys(kind, range),
        read(() => storeOf(kind).getAll(rangeOf(range))).catch(() => undefined),
      ]);
      if (values?.length === all.length) return all.map((key, at) => ({ key, value: values[at] as unknown }));
      return Promise.all(all.map((key) => entry(kind, key)));
    },
    add: (kind, key, value) => write(() => storeOf(kind).add(value, key as IDBValidKey)),
    put: (kind, key, value) => write(() => storeOf(kind).put(value, key as IDBValidKey)),
    delete: (kind, key) => write(() => storeOf(kind).delete(key as IDBValidKey)),
  };
}

/** @throws StorageError of class `programmer` when the request itself is refused */
function call<T>(send: () => Promise<T>): Promise<T> {
  try {
    return send();
  } catch (error) {
    throw classify('call', error);
  }
}

function rangeOf(range: KeyRange | undefined): IDBKeyRange | null {
  return range ? IDBKeyRange.bound(range.from, range.to) : null;
}

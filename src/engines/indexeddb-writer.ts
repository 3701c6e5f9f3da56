import { type IDBPObjectStore, type IDBPTransaction, unwrap } from 'idb';
import { classify } from './classify.ts';
import type { Entry, Key, KeyRange, Kind, Writer } from './contract.ts';
import type { StorageError } from './errors.ts';

/**
 * So many values are read by one request, all requests at once (docs/decisions/0003): one for each is twice as slow as one
 * for all, and one for all is twice as slow as this. Where a value of a group cannot be read, its group is read one by one.
 */
const GROUP_SIZE = 32;

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

  /** `undefined` where one of them cannot be read. */
  const values = (kind: Kind, range: IDBKeyRange | null) =>
    read(() => storeOf(kind).getAll(range, GROUP_SIZE)).catch(() => undefined);

  const group = async (
    kind: Kind,
    all: readonly Key[],
    reading: Promise<unknown[] | undefined>,
  ): Promise<Entry[]> => {
    const found = await reading;
    if (found?.length === all.length) return all.map((key, at) => ({ key, value: found[at] }));
    return Promise.all(all.map((key) => entry(kind, key)));
  };

  return {
    get: (kind, key) => read(() => storeOf(kind).get(key as IDBValidKey)),
    keys,
    async entries(kind, range) {
      // Asked for together with the keys, so that a short list takes one round trip.
      const first = values(kind, rangeOf(range));
      const all = await keys(kind, range);
      const groups = [group(kind, all.slice(0, GROUP_SIZE), first)];
      for (let at = GROUP_SIZE; at < all.length; at += GROUP_SIZE) {
        const some = all.slice(at, at + GROUP_SIZE);
        groups.push(group(kind, some, values(kind, IDBKeyRange.bound(some[0], some.at(-1)))));
      }
      return (await Promise.all(groups)).flat();
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

import {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBOpenDBRequest,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
} from 'fake-indexeddb';

/**
 * `idb` knows requests and transactions by the global classes (`instanceof IDBRequest`). Where there are none (Node),
 * those of fake-indexeddb are put there; the factory itself is not, so that product code which reads the global
 * `indexedDB` instead of its `Environment` fails at once.
 */
const CLASSES = {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBOpenDBRequest,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
};

const native = typeof globalThis.indexedDB === 'undefined' ? undefined : globalThis.indexedDB;

if (!native) {
  for (const [name, value] of Object.entries(CLASSES)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

let views = 0;

/** A part of the browser's own factory that no other test sees: every name gets a prefix. */
function viewOf(factory: IDBFactory): IDBFactory {
  views += 1;
  const prefix = `t${Math.random().toString(36).slice(2)}-${views}/`;
  return {
    cmp: (first, second) => factory.cmp(first, second),
    open: (name, version) => factory.open(prefix + name, version),
    deleteDatabase: (name) => factory.deleteDatabase(prefix + name),
    databases: async () =>
      (await factory.databases())
        .filter((info) => info.name?.startsWith(prefix))
        .map((info) => ({ ...info, name: info.name?.slice(prefix.length) ?? '' })),
  };
}

/** An empty IndexedDB of its own: fake-indexeddb in Node, a separate part of the real one in a browser. */
export function freshIndexedDb(): IDBFactory {
  return native ? viewOf(native) : new IDBFactory();
}

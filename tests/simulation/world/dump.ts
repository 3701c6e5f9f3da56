/** All stored bytes: object store → [key, value]s in key order. The raw dump of durability 2. */
export type RawDump = Record<string, [key: IDBValidKey, value: unknown][]>;

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Opens as it is, past the product; `undefined` when there is no such database. */
async function openAsIs(factory: IDBFactory, name: string): Promise<IDBDatabase | undefined> {
  const there = (await factory.databases()).some((info) => info.name === name);
  return there ? asked(factory.open(name)) : undefined;
}

/** Reads everything past the product and past any fault. An absent database is an empty dump. */
export async function rawDump(factory: IDBFactory, name: string): Promise<RawDump> {
  const db = await openAsIs(factory, name);
  if (!db) return {};
  try {
    const names = [...db.objectStoreNames];
    if (names.length === 0) return {};
    const transaction = db.transaction(names);
    const dump: RawDump = {};
    for (const store of names) {
      const [keys, values] = await Promise.all([
        asked(transaction.objectStore(store).getAllKeys()),
        asked(transaction.objectStore(store).getAll()),
      ]);
      dump[store] = keys.map((key, index) => [key, values[index]]);
    }
    return dump;
  } finally {
    db.close();
  }
}

/** Puts (or, with `undefined`, removes) stored values past the product: how damage is done. */
export async function tamper(
  factory: IDBFactory,
  name: string,
  changes: { store: string; key: IDBValidKey; value: unknown }[],
): Promise<void> {
  const db = await openAsIs(factory, name);
  if (!db) throw new Error(`There is no database ${name}`);
  const transaction = db.transaction([...db.objectStoreNames], 'readwrite');
  for (const { store, key, value } of changes) {
    if (value === undefined) transaction.objectStore(store).delete(key);
    else transaction.objectStore(store).put(value, key);
  }
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  db.close();
}

/** Makes a database that holds a dump, on an origin that has none. */
export async function plantDump(factory: IDBFactory, name: string, dump: RawDump): Promise<void> {
  if (Object.keys(dump).length === 0) return;
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [store, entries] of Object.entries(dump)) {
      const made = request.result.createObjectStore(store);
      for (const [key, value] of entries) made.put(value, key);
    }
  };
  (await asked(request)).close();
}

/** Writes a dump over what is there, object store by object store. */
export async function restoreDump(factory: IDBFactory, name: string, dump: RawDump): Promise<void> {
  const now = await rawDump(factory, name);
  const changes = Object.keys(now).flatMap((store) => {
    const kept = dump[store] ?? [];
    const gone = (now[store] ?? []).map(([key]) => ({ store, key, value: undefined }));
    return [...gone, ...kept.map(([key, value]) => ({ store, key, value }))];
  });
  await tamper(factory, name, changes);
}

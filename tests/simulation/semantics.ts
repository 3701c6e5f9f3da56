/** Two pages over one storage. */
export interface Pages {
  here: IDBFactory;
  there: IDBFactory;
}

/** One way in which IndexedDB behaves and on which the product leans. `answer` must be the same everywhere. */
export interface Check {
  name: string;
  run(pages: Pages): Promise<unknown>;
  answer: unknown;
}

const NAME = 'semantics';

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** How a transaction ended, and with which error. */
function ended(transaction: IDBTransaction): Promise<string> {
  return new Promise((resolve) => {
    transaction.oncomplete = () => resolve('complete');
    transaction.onabort = () => resolve(`abort ${transaction.error?.name ?? 'without error'}`);
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : 'no error';
}

function thrown(task: () => unknown): string {
  try {
    task();
    return 'nothing thrown';
  } catch (error) {
    return nameOf(error);
  }
}

async function rejected(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'resolved', nameOf);
}

const later = (ms = 20) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function open(factory: IDBFactory, version = 1): Promise<IDBDatabase> {
  const request = factory.open(NAME, version);
  request.onupgradeneeded = () => {
    for (const store of ['a', 'b']) {
      if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
    }
  };
  return asked(request);
}

async function put(db: IDBDatabase, store: string, key: IDBValidKey, value: unknown): Promise<string> {
  const transaction = db.transaction(store, 'readwrite');
  transaction.objectStore(store).put(value, key);
  return ended(transaction);
}

function get(db: IDBDatabase, store: string, key: IDBValidKey): Promise<unknown> {
  return asked(db.transaction(store).objectStore(store).get(key));
}

async function roundTrip(pages: Pages, value: unknown): Promise<unknown> {
  const db = await open(pages.here);
  await put(db, 'a', 'k', value);
  return get(db, 'a', 'k');
}

export const CHECKS: Check[] = [
  {
    name: 'a database that is not there is made by an upgrade from version 0',
    async run({ here }) {
      const request = here.open(NAME, 3);
      const seen: unknown[] = [];
      request.onupgradeneeded = (event) => seen.push(event.oldVersion, event.newVersion);
      const db = await asked(request);
      return [...seen, db.version, db.name.endsWith(NAME)];
    },
    answer: [0, 3, 3, true],
  },
  {
    name: 'opening the same version again upgrades nothing',
    async run({ here }) {
      (await open(here)).close();
      const request = here.open(NAME, 1);
      let upgrades = 0;
      request.onupgradeneeded = () => {
        upgrades += 1;
      };
      await asked(request);
      return upgrades;
    },
    answer: 0,
  },
  {
    name: 'opening a lower version is a VersionError',
    async run({ here }) {
      (await open(here, 2)).close();
      return rejected(asked(here.open(NAME, 1)));
    },
    answer: 'VersionError',
  },
  {
    name: 'an aborted upgrade leaves no database behind',
    async run({ here }) {
      const request = here.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('a');
        request.transaction?.abort();
      };
      const failed = await rejected(asked(request));
      return [failed, (await here.databases()).filter((info) => info.name === NAME).length];
    },
    answer: ['AbortError', 0],
  },
  {
    name: 'databases() lists name and version',
    async run({ here }) {
      await open(here, 2);
      return (await here.databases()).filter((info) => info.name === NAME).map((info) => info.version);
    },
    answer: [2],
  },
  {
    name: 'complete comes after the success of the last request',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const order: string[] = [];
      transaction.objectStore('a').put(1, 'x').onsuccess = () => order.push('success 1');
      transaction.objectStore('a').put(2, 'y').onsuccess = () => order.push('success 2');
      transaction.addEventListener('complete', () => order.push('complete'));
      await ended(transaction);
      return order;
    },
    answer: ['success 1', 'success 2', 'complete'],
  },
  {
    name: 'what is complete is there for the next transaction and another page',
    async run({ here, there }) {
      const db = await open(here);
      await put(db, 'a', 'k', 'v');
      return [await get(db, 'a', 'k'), await get(await open(there), 'a', 'k')];
    },
    answer: ['v', 'v'],
  },
  {
    name: 'abort() after success takes everything back, in all stores',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', 'old');
      const transaction = db.transaction(['a', 'b'], 'readwrite');
      transaction.objectStore('a').put('new', 'k');
      const last = transaction.objectStore('b').put('new', 'k');
      last.onsuccess = () => transaction.abort();
      const how = await ended(transaction);
      return [how, await get(db, 'a', 'k'), await get(db, 'b', 'k')];
    },
    answer: ['abort without error', 'old', undefined],
  },
  {
    name: 'abort() before any answer gives each request an AbortError, then abort',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const order: unknown[] = [];
      for (const key of ['x', 'y']) {
        const request = transaction.objectStore('a').put(1, key);
        request.onerror = () => order.push(request.error?.name);
      }
      transaction.abort();
      order.push(await ended(transaction));
      return order;
    },
    answer: ['AbortError', 'AbortError', 'abort without error'],
  },
  {
    name: 'add of a taken key is a ConstraintError that aborts all of it',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', 'old');
      const transaction = db.transaction(['a', 'b'], 'readwrite');
      transaction.objectStore('b').put(1, 'k');
      const request = transaction.objectStore('a').add('new', 'k');
      const how = await ended(transaction);
      return [request.error?.name, how, await get(db, 'a', 'k'), await get(db, 'b', 'k')];
    },
    answer: ['ConstraintError', 'abort ConstraintError', 'old', undefined],
  },
  {
    name: 'preventDefault on the error keeps the transaction alive',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', 'old');
      const transaction = db.transaction('a', 'readwrite');
      transaction.objectStore('a').add('new', 'k').onerror = (event) => event.preventDefault();
      transaction.objectStore('a').put(2, 'other');
      return [await ended(transaction), await get(db, 'a', 'k'), await get(db, 'a', 'other')];
    },
    answer: ['complete', 'old', 2],
  },
  {
    name: 'an error bubbles from request to transaction to database',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', 'old');
      const path: string[] = [];
      const transaction = db.transaction('a', 'readwrite');
      const request = transaction.objectStore('a').add('new', 'k');
      request.addEventListener('error', (event) => path.push(`request ${event.target === request}`));
      transaction.addEventListener('error', (event) => path.push(`transaction ${event.target === request}`));
      db.addEventListener('error', (event) => path.push(`database ${event.target === request}`));
      db.addEventListener('abort', (event) => path.push(`abort ${event.target === transaction}`));
      await ended(transaction);
      await later();
      return path;
    },
    answer: ['request true', 'transaction true', 'database true', 'abort true'],
  },
  {
    name: 'writers on the same store run one after the other, in the order made',
    async run({ here }) {
      const db = await open(here);
      const order: string[] = [];
      const writers = ['first', 'second', 'third'].map((who) => {
        const transaction = db.transaction('a', 'readwrite');
        const store = transaction.objectStore('a');
        const before = store.get('k');
        before.onsuccess = () => {
          order.push(`${who} saw ${before.result ?? 'nothing'}`);
          store.put(who, 'k');
        };
        return ended(transaction);
      });
      await Promise.all(writers);
      return order;
    },
    answer: ['first saw nothing', 'second saw first', 'third saw second'],
  },
  {
    name: 'writers of two pages on the same store do not overlap',
    async run({ here, there }) {
      const pages = [await open(here), await open(there)];
      const increments = pages.map((db) => {
        const transaction = db.transaction('a', 'readwrite');
        const store = transaction.objectStore('a');
        const before = store.get('count');
        before.onsuccess = () => store.put(((before.result as number | undefined) ?? 0) + 1, 'count');
        return ended(transaction);
      });
      await Promise.all(increments);
      return pages[0] && get(pages[0], 'a', 'count');
    },
    answer: 2,
  },
  {
    name: 'a reader made after a writer sees what it wrote',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      transaction.objectStore('a').put('new', 'k');
      return get(db, 'a', 'k');
    },
    answer: 'new',
  },
  {
    name: 'a request made in the answer of another keeps the transaction going',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const store = transaction.objectStore('a');
      store.put(1, 'x').onsuccess = () => {
        store.put(2, 'y').onsuccess = () => {
          store.put(3, 'z');
        };
      };
      return [await ended(transaction), await get(db, 'a', 'z')];
    },
    answer: ['complete', 3],
  },
  {
    name: 'a promise chain on requests keeps the transaction going',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const store = transaction.objectStore('a');
      const end = ended(transaction);
      await asked(store.put(1, 'x'));
      await Promise.resolve();
      await asked(store.put(2, 'y'));
      await asked(store.put(3, 'z'));
      return [await end, await get(db, 'a', 'z')];
    },
    answer: ['complete', 3],
  },
  {
    name: 'awaiting something foreign commits early: the next request throws',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const store = transaction.objectStore('a');
      await asked(store.put(1, 'x'));
      await later();
      return [thrown(() => store.put(2, 'y')), await get(db, 'a', 'x')];
    },
    answer: ['TransactionInactiveError', 1],
  },
  {
    name: 'a transaction without requests completes',
    async run({ here }) {
      return ended((await open(here)).transaction('a', 'readwrite'));
    },
    answer: 'complete',
  },
  {
    name: 'objectStore() of a finished transaction is an InvalidStateError, abort() too',
    async run({ here }) {
      const transaction = (await open(here)).transaction('a');
      transaction.objectStore('a').get('k');
      await ended(transaction);
      await later();
      return [thrown(() => transaction.objectStore('a')), thrown(() => transaction.abort())];
    },
    answer: ['InvalidStateError', 'InvalidStateError'],
  },
  {
    name: 'a store that does not exist is a NotFoundError',
    async run({ here }) {
      const db = await open(here);
      return thrown(() => db.transaction('none'));
    },
    answer: 'NotFoundError',
  },
  {
    name: 'a store outside the scope is a NotFoundError',
    async run({ here }) {
      const transaction = (await open(here)).transaction('a');
      return thrown(() => transaction.objectStore('b'));
    },
    answer: 'NotFoundError',
  },
  {
    name: 'writing in a readonly transaction is a ReadOnlyError',
    async run({ here }) {
      const transaction = (await open(here)).transaction('a');
      return thrown(() => transaction.objectStore('a').put(1, 'k'));
    },
    answer: 'ReadOnlyError',
  },
  {
    name: 'a bad key is a DataError that leaves the transaction alive',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const store = transaction.objectStore('a');
      const error = thrown(() => store.put(1, null as unknown as string));
      store.put(1, 'k');
      return [error, await ended(transaction)];
    },
    answer: ['DataError', 'complete'],
  },
  {
    name: 'what cannot be cloned is a DataCloneError at the call',
    async run({ here }) {
      const transaction = (await open(here)).transaction('a', 'readwrite');
      return thrown(() => transaction.objectStore('a').put(() => 1, 'k'));
    },
    answer: 'DataCloneError',
  },
  {
    name: 'the value is copied at the call, not at the commit',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const bytes = new Uint8Array([1, 2, 3]);
      transaction.objectStore('a').put(bytes, 'k');
      bytes[0] = 9;
      await ended(transaction);
      return [...((await get(db, 'a', 'k')) as Uint8Array)];
    },
    answer: [1, 2, 3],
  },
  {
    name: 'bytes come back as bytes, each time a copy',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', new Uint8Array([0, 255]));
      const [first, second] = [await get(db, 'a', 'k'), await get(db, 'a', 'k')];
      return [first instanceof Uint8Array, first !== second, [...(first as Uint8Array)]];
    },
    answer: [true, true, [0, 255]],
  },
  {
    name: 'a view stores its bytes',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      transaction.objectStore('a').put(new Uint8Array([1, 2, 3, 4]).subarray(1, 3), 'k');
      await ended(transaction);
      return [...((await get(db, 'a', 'k')) as Uint8Array)];
    },
    answer: [2, 3],
  },
  {
    name: 'structured clone keeps -0, which JSON does not',
    async run(pages) {
      return Object.is(await roundTrip(pages, -0), -0);
    },
    answer: true,
  },
  {
    name: 'structured clone keeps undefined members and the holes of an array',
    async run(pages) {
      const holed = [1, 2, 3];
      delete holed[1];
      const value = (await roundTrip(pages, { gone: undefined, list: holed })) as { list: unknown[] };
      return ['gone' in value, 1 in value.list, value.list.length];
    },
    answer: [true, false, 3],
  },
  {
    name: 'lone surrogates survive in strings',
    async run(pages) {
      return roundTrip(pages, '\ud800x\udc00');
    },
    answer: '\ud800x\udc00',
  },
  {
    name: 'keys are ordered: numbers, strings by code unit, then arrays element by element',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const store = transaction.objectStore('a');
      for (const key of [[10, 0], 'b', [2, 1], 'B', 7, [2, 0], [2]]) store.put(1, key);
      await ended(transaction);
      return asked(db.transaction('a').objectStore('a').getAllKeys());
    },
    answer: [7, 'B', 'b', [2], [2, 0], [2, 1], [10, 0]],
  },
  {
    name: 'a range holds both its ends',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      for (const page of [0, 1, 2])
        for (const seq of [1, 2, 3]) transaction.objectStore('a').put(1, [seq, page]);
      await ended(transaction);
      const range = IDBKeyRange.bound([2, 0], [2, 1]);
      return asked(db.transaction('a').objectStore('a').getAllKeys(range));
    },
    answer: [
      [2, 0],
      [2, 1],
    ],
  },
  {
    name: 'a cursor walks in key order and ends with null; backwards too',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      for (const key of ['c', 'a', 'b']) transaction.objectStore('a').put(key.toUpperCase(), key);
      await ended(transaction);
      const walk = (direction: IDBCursorDirection) =>
        new Promise<unknown[]>((resolve) => {
          const seen: unknown[] = [];
          const request = db.transaction('a').objectStore('a').openCursor(null, direction);
          request.onsuccess = () => {
            const cursor = request.result;
            if (!cursor) return resolve([...seen, cursor]);
            seen.push(cursor.key, cursor.value);
            cursor.continue();
          };
        });
      return [await walk('next'), await walk('prev')];
    },
    answer: [
      ['a', 'A', 'b', 'B', 'c', 'C', null],
      ['c', 'C', 'b', 'B', 'a', 'A', null],
    ],
  },
  {
    name: 'a missing key gives undefined, also where undefined is stored',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', undefined);
      const keys = await asked(db.transaction('a').objectStore('a').getAllKeys());
      return [await get(db, 'a', 'none'), await get(db, 'a', 'k'), keys];
    },
    answer: [undefined, undefined, ['k']],
  },
  {
    name: 'delete of a range removes what is in it, and of nothing is no error',
    async run({ here }) {
      const db = await open(here);
      for (const key of ['a', 'b', 'c']) await put(db, 'a', key, 1);
      const transaction = db.transaction('a', 'readwrite');
      transaction.objectStore('a').delete(IDBKeyRange.bound('a', 'b'));
      transaction.objectStore('a').delete('none');
      const how = await ended(transaction);
      return [how, await asked(db.transaction('a').objectStore('a').count())];
    },
    answer: ['complete', 1],
  },
  {
    name: 'commit() ends the transaction at once; nothing more may be asked',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const store = transaction.objectStore('a');
      store.put(1, 'k');
      transaction.commit();
      return [thrown(() => store.put(2, 'k')), await ended(transaction), await get(db, 'a', 'k')];
    },
    answer: ['TransactionInactiveError', 'complete', 1],
  },
  {
    name: 'an upgrade elsewhere sends versionchange, then blocked, and waits for close',
    async run({ here, there }) {
      const old = await open(here, 1);
      const order: unknown[] = [];
      old.onversionchange = (event) => order.push(`versionchange ${event.oldVersion} to ${event.newVersion}`);
      const request = there.open(NAME, 2);
      request.onblocked = () => {
        order.push('blocked');
        old.close();
      };
      request.onupgradeneeded = () => order.push('upgradeneeded');
      await asked(request);
      return order;
    },
    answer: ['versionchange 1 to 2', 'blocked', 'upgradeneeded'],
  },
  {
    name: 'a page that closes on versionchange blocks nobody',
    async run({ here, there }) {
      const old = await open(here, 1);
      const order: unknown[] = [];
      old.onversionchange = () => {
        order.push('versionchange');
        old.close();
      };
      const request = there.open(NAME, 2);
      request.onblocked = () => order.push('blocked');
      await asked(request);
      return [...order, thrown(() => old.transaction('a'))];
    },
    answer: ['versionchange', 'InvalidStateError'],
  },
  {
    name: 'close() lets a running transaction finish and refuses new ones',
    async run({ here, there }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      transaction.objectStore('a').put('v', 'k');
      db.close();
      const refusal = thrown(() => db.transaction('a'));
      const how = await ended(transaction);
      return [refusal, how, await get(await open(there), 'a', 'k')];
    },
    answer: ['InvalidStateError', 'complete', 'v'],
  },
  {
    name: 'close() by the page fires no close event',
    async run({ here }) {
      const db = await open(here);
      let fired = 0;
      db.onclose = () => {
        fired += 1;
      };
      db.close();
      await later();
      return fired;
    },
    answer: 0,
  },
  {
    name: 'an error thrown in a success listener aborts the transaction',
    async run({ here }) {
      const db = await open(here);
      const transaction = db.transaction('a', 'readwrite');
      const end = ended(transaction);
      const silence = (event: Event) => event.preventDefault();
      globalThis.addEventListener?.('error', silence);
      transaction.objectStore('a').put(1, 'k').onsuccess = () => {
        throw new Error('thrown on purpose');
      };
      const how = await end;
      globalThis.removeEventListener?.('error', silence);
      return [how, await get(db, 'a', 'k')];
    },
    answer: ['abort AbortError', undefined],
  },
  {
    name: 'result and error of a pending request are an InvalidStateError',
    async run({ here }) {
      const db = await open(here);
      const request = db.transaction('a').objectStore('a').get('k');
      return [thrown(() => request.result), thrown(() => request.error), request.readyState];
    },
    answer: ['InvalidStateError', 'InvalidStateError', 'pending'],
  },
  {
    name: 'the durability asked for is the durability of the transaction',
    async run({ here }) {
      const db = await open(here);
      return db.transaction('a', 'readwrite', { durability: 'strict' }).durability;
    },
    answer: 'strict',
  },
  {
    name: 'instanceof tells requests, transactions, databases, stores and cursors',
    async run({ here }) {
      const db = await open(here);
      await put(db, 'a', 'k', 1);
      const transaction = db.transaction('a');
      const store = transaction.objectStore('a');
      const request = store.openCursor();
      const cursor = await asked(request);
      return [
        here.open(NAME) instanceof IDBOpenDBRequest,
        request instanceof IDBRequest,
        transaction instanceof IDBTransaction,
        db instanceof IDBDatabase,
        store instanceof IDBObjectStore,
        cursor instanceof IDBCursor,
      ];
    },
    answer: [true, true, true, true, true, true],
  },
];

import { forceCloseDatabase } from 'fake-indexeddb';
import { wrap } from 'idb';
import { describe, expect, test, vi } from 'vitest';
import { type Connection, KINDS, type Lost, type Opening } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { createIndexedDbEngine, DATABASE_NAME } from '../../src/engines/indexeddb.ts';
import { testEnvironment } from '../support/environment.ts';
import { freshIndexedDb } from '../support/indexeddb.ts';
import { connect } from './contract-suite.ts';
import { type Hooks, meddle, withhold } from './meddle.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** Longer than anything that fake-indexeddb still has on its way. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 30));
const fault = (name: string) => new DOMException('whatever the browser says', name);

function world(hooks: Hooks = {}) {
  const environment = testEnvironment();
  const real = environment.origin.indexedDB;
  const factory = meddle(real, hooks);
  const engineWith = (parts: Partial<IDBFactory>, version?: number) =>
    createIndexedDbEngine(
      { ...environment, indexedDB: () => ({ ...factory, ...parts }) },
      DATABASE_NAME,
      version ? { version } : {},
    );
  return { environment, real, factory, clock: environment.clock, engineWith, engine: engineWith({}) };
}

/** Every stored value, read without the engine. */
async function rawDump(factory: IDBFactory): Promise<string> {
  const db = await wrap(factory.open(DATABASE_NAME));
  if (!db) throw new Error('no database');
  const all: unknown[] = [];
  for (const name of db.objectStoreNames) all.push([name, await db.getAllKeys(name), await db.getAll(name)]);
  db.close();
  return JSON.stringify(all);
}

/** A value that is there and cannot be read: fake-indexeddb clones on reading, and a function cannot be cloned. */
function spoil(factory: IDBFactory, kind: string, at: number): void {
  const inside = factory as unknown as {
    _databases: Map<
      string,
      { rawObjectStores: Map<string, { records: { values(): Iterable<{ value: unknown }> } }> }
    >;
  };
  const records = inside._databases.get(DATABASE_NAME)?.rawObjectStores.get(kind)?.records.values() ?? [];
  const record = [...records][at];
  if (!record) throw new Error('no such record');
  record.value = () => 'unreadable';
}

/** The platform's own abort, with an error: what a full disk or a lost server does. */
function abortWith(tx: IDBTransaction, name: string): void {
  (tx as unknown as { _abort(name: string): void })._abort(name);
}

/** All requests are answered, and then the transaction aborts instead of completing. */
function abortAtEnd(tx: IDBTransaction): void {
  tx.addEventListener('complete', (event) => {
    event.stopImmediatePropagation();
    const ConcreteEvent = event.constructor as typeof Event;
    tx.dispatchEvent(new ConcreteEvent('abort'));
  });
}

/** If this request fails, it fails with this name. */
function nameError<T extends IDBRequest>(request: T, name: string): T {
  Object.defineProperty(request, 'error', { get: () => fault(name), set: () => {} });
  return request;
}

const writeHead = (connection: Connection, text: string) =>
  connection.write(['head'], async (writer) => writer.put('head', 'head', bytes(text)));
const readHead = (connection: Connection) =>
  connection.read(['head'], (reader) => reader.get('head', 'head'));

describe('writing', () => {
  test("[F20] every write asks for durability 'strict'", async () => {
    const asked: unknown[] = [];
    const { engine } = world({
      transaction: (tx, options) => asked.push([tx.mode, options?.durability, tx.durability]),
    });
    const connection = await connect(engine);
    await writeHead(connection, '1').done;
    await engine.probe(connection);
    const writes = asked.filter((one) => Array.isArray(one) && one[0] === 'readwrite');
    expect(writes).toEqual(Array.from({ length: 3 }, () => ['readwrite', 'strict', 'strict']));
  });

  test('[F19] a put that succeeds and a transaction that aborts is not a save', async () => {
    let succeeded = 0;
    let isFull = false;
    const { engine, real } = world({
      transaction(tx) {
        if (tx.mode !== 'readwrite' || !isFull) return;
        const store = tx.objectStore('head');
        const put = store.put.bind(store);
        store.put = (value, key) => {
          const request = put(value, key);
          request.addEventListener('success', () => {
            succeeded += 1;
            abortWith(tx, 'QuotaExceededError');
          });
          return request;
        };
      },
    });
    const connection = await connect(engine);
    await writeHead(connection, 'old').done;
    const before = await rawDump(real);
    isFull = true;
    const write = writeHead(connection, 'new');
    await expect(write.done).rejects.toMatchObject({ class: 'capacity', platformName: 'QuotaExceededError' });
    expect(succeeded).toBe(1);
    expect(await write.abort()).toBe('aborted');
    expect(await rawDump(real)).toBe(before);
  });

  test('[F19] while complete is withheld nothing is acknowledged, whatever the requests said', async () => {
    let isHeldBack = false;
    const { engine } = world({ transaction: (tx) => isHeldBack && withhold(tx, 'complete') });
    const connection = await connect(engine);
    isHeldBack = true;
    const settled = vi.fn();
    const body = vi.fn();
    const write = connection.write(['head'], async (writer) => {
      writer.put('head', 'head', bytes('1'));
      body(await writer.get('head', 'head'));
    });
    write.done.then(settled, settled);
    const abort = vi.fn();
    await settle();
    void write.abort().then(abort);
    await settle();
    expect(body).toHaveBeenCalledWith(bytes('1'));
    expect(settled).not.toHaveBeenCalled();
    // Silence proves nothing, and no proof is made up.
    expect(abort).not.toHaveBeenCalled();
  });

  test('after an abort no request need ever settle: done rejects all the same', async () => {
    let isDeaf = false;
    const { engine } = world({
      transaction(tx) {
        if (!isDeaf) return;
        const store = tx.objectStore('head');
        const get = store.get.bind(store);
        store.get = (key) => {
          const request = get(key);
          withhold(request, 'success');
          withhold(request, 'error');
          queueMicrotask(() => tx.abort());
          return request;
        };
      },
    });
    const connection = await connect(engine);
    isDeaf = true;
    const write = connection.write(['head'], async (writer) => writer.get('head', 'head'));
    await expect(write.done).rejects.toMatchObject({ class: 'transient' });
  });

  test('an invalid key is refused as ours, and takes the transaction with it', async () => {
    const { engine } = world();
    const connection = await connect(engine);
    const write = connection.write(['head', 'log'], async (writer) => {
      writer.put('head', 'head', bytes('1'));
      writer.add('log', [Number.NaN, 0], bytes('x'));
    });
    await expect(write.done).rejects.toMatchObject({ class: 'programmer', platformName: 'DataError' });
    expect(await readHead(connection)).toBeUndefined();
  });
});

describe('reading', () => {
  async function spoilt(hooks: Hooks = {}) {
    const all = world(hooks);
    const connection = await connect(all.engine);
    await connection.write(['log'], async (writer) => {
      for (const seq of [1, 2, 3]) writer.add('log', [seq, 0], bytes(String(seq)));
    }).done;
    spoil(all.real, 'log', 1);
    return { ...all, connection };
  }

  test('[F31] one unreadable value does not hide the rest', async () => {
    const { connection } = await spoilt();
    const entries = await connection.read(['log'], (reader) => reader.entries('log'));
    expect(entries).toEqual([
      { key: [1, 0], value: bytes('1') },
      { key: [2, 0], error: expect.any(StorageError) },
      { key: [3, 0], value: bytes('3') },
    ]);
    expect(entries[1]).toMatchObject({ error: { class: 'corrupt', platformName: 'DataCloneError' } });
  });

  test('[F31] Chromium aborts a read with a missing side file at its end: what was read before stands', async () => {
    const { connection } = await spoilt({ transaction: (tx) => tx.mode === 'readonly' && abortAtEnd(tx) });
    const entries = await connection.read(['log'], (reader) => reader.entries('log'));
    expect(entries.map((entry) => 'error' in entry)).toEqual([false, true, false]);
    await expect(connection.read(['head'], (reader) => reader.get('head', 'head'))).rejects.toBeInstanceOf(
      StorageError,
    );
  });

  test('[F31] of many values only the one that cannot be read is missing, and only its group is read again', async () => {
    const asked = { get: 0, getAll: 0 };
    const { engine, real } = world({
      transaction(tx) {
        const store = tx.objectStoreNames.contains('log') ? tx.objectStore('log') : undefined;
        if (!store) return;
        const [get, getAll] = [store.get.bind(store), store.getAll.bind(store)];
        store.get = (key) => {
          asked.get += 1;
          return get(key);
        };
        store.getAll = (query, count) => {
          asked.getAll += 1;
          return getAll(query, count);
        };
      },
    });
    const connection = await connect(engine);
    await connection.write(['log'], async (writer) => {
      for (let seq = 1; seq <= 1_000; seq++) writer.add('log', [seq, 0], bytes(String(seq)));
    }).done;
    const readAll = () => connection.read(['log'], (reader) => reader.entries('log'));
    expect((await readAll()).map((entry) => 'value' in entry && entry.value)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => bytes(String(i + 1))),
    );
    expect(asked).toEqual({ get: 0, getAll: 32 });

    spoil(real, 'log', 500);
    const entries = await readAll();
    expect(entries.filter((entry) => 'error' in entry)).toMatchObject([
      { key: [501, 0], error: { class: 'corrupt' } },
    ]);
    expect(entries.flatMap((entry) => ('value' in entry ? [entry.key[0]] : []))).toEqual(
      Array.from({ length: 1_000 }, (_, i) => i + 1).filter((seq) => seq !== 501),
    );
    expect(asked).toEqual({ get: 32, getAll: 64 });
  });

  test('an unreadable value is no obstacle to the transaction that reads it', async () => {
    const { connection } = await spoilt();
    const seen = await connection.write(['log', 'marks'], async (writer) => {
      const error: unknown = await writer.get('log', [2, 0]).catch((reason: unknown) => reason);
      writer.put('marks', 'found', bytes('damage'));
      return error;
    }).done;
    expect(seen).toMatchObject({ class: 'corrupt' });
    expect(await connection.read(['marks'], (reader) => reader.get('marks', 'found'))).toEqual(
      bytes('damage'),
    );
  });

  test('a body that lets the error of a read out aborts, with that error', async () => {
    const { connection } = await spoilt();
    const write = connection.write(['log'], async (writer) => {
      writer.add('log', [9, 0], bytes('9'));
      await writer.get('log', [2, 0]);
    });
    await expect(write.done).rejects.toMatchObject({ class: 'corrupt' });
    expect(await connection.read(['log'], (reader) => reader.keys('log'))).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
  });

  /** `isFailing`: values cannot be read, as UnknownError. `isGone`: nothing works, as UnknownError. */
  function unknownErrors() {
    const state = { isFailing: false, isGone: false, isSilent: false };
    const all = world({
      transaction(tx) {
        if (state.isGone) abortWith(tx, 'UnknownError');
        if (state.isSilent) withhold(tx, 'complete');
        if (!state.isFailing) return;
        const store = tx.objectStore('head');
        const [get, getAll] = [store.get.bind(store), store.getAll.bind(store)];
        store.get = (key) => nameError(get(key), 'UnknownError');
        store.getAll = (range) => nameError(getAll(range), 'UnknownError');
      },
    });
    const fail = () => {
      state.isFailing = true;
      spoil(all.real, 'head', 0);
    };
    return { ...all, state, fail };
  }

  test('UnknownError on a connection that answers is an unreadable value, and is read one by one', async () => {
    const { engine, fail } = unknownErrors();
    const connection = await connect(engine);
    await writeHead(connection, '1').done;
    fail();
    await expect(readHead(connection)).rejects.toMatchObject({
      class: 'corrupt',
      platformName: 'UnknownError',
    });
    expect(await connection.read(['head'], (reader) => reader.entries('head'))).toMatchObject([
      { key: 'head', error: { class: 'corrupt' } },
    ]);
  });

  test('[F02] UnknownError on a connection that answers nothing is a lost connection', async () => {
    const { engine, state } = unknownErrors();
    const connection = await connect(engine);
    state.isGone = true;
    await expect(readHead(connection)).rejects.toMatchObject({ class: 'connection' });
    await expect(writeHead(connection, '1').done).rejects.toMatchObject({
      class: 'connection',
      // It aborts what it was asked to commit, though that may have landed.
      isUncertain: true,
    });
  });

  test('[F02] the abort of a lost connection is no proof that nothing landed: none is made up', async () => {
    const { engine, state } = unknownErrors();
    const connection = await connect(engine);
    state.isGone = true;
    const write = writeHead(connection, '1');
    const proof = vi.fn();
    void write.abort().then(proof);
    await expect(write.done).rejects.toMatchObject({ isUncertain: true });
    await settle();
    expect(proof).not.toHaveBeenCalled();
    state.isGone = false;
    const other = writeHead(connection, '2');
    await other.done;
    expect(await other.abort()).toBe('landed');
  });

  test('a commit that fails with UnknownError while the connection answers may be tried again', async () => {
    const { engine, state } = unknownErrors();
    const connection = await connect(engine);
    state.isGone = true;
    const write = writeHead(connection, '1');
    state.isGone = false;
    await expect(write.done).rejects.toMatchObject({ class: 'transient', platformName: 'UnknownError' });
    expect(await write.abort()).toBe('aborted');
  });

  test('a connection that never answers an empty transaction is lost, after a deadline', async () => {
    const { engine, state, clock, fail } = unknownErrors();
    const connection = await connect(engine);
    await writeHead(connection, '1').done;
    fail();
    const settled = vi.fn();
    const work = connection.read(['head'], async (reader) => {
      const error: unknown = await reader.get('head', 'head').catch((reason: unknown) => reason);
      state.isSilent = true;
      return error;
    });
    work.catch(settled);
    await settle();
    expect(settled).not.toHaveBeenCalled();
    clock.increment(5_000);
    await expect(work).rejects.toMatchObject({ class: 'connection' });
  });
});

describe('opening', () => {
  test('[F63] the database has a name of its own and only the five stores', async () => {
    const { engine, real } = world();
    expect(await engine.open()).toMatchObject({ kind: 'open', created: true });
    expect(await real.databases()).toEqual([{ name: 'hl7-workbench', version: 1 }]);
    const db = await wrap(real.open('hl7-workbench'));
    expect([...(db?.objectStoreNames ?? [])]).toEqual(['head', 'log', 'marks', 'quarantine', 'snapshots']);
    expect(db?.transaction('log').store.keyPath).toBeNull();
  });

  test('[F16] no access is denied, wherever it shows: the property, the call, the event', async () => {
    const { environment, engineWith } = world();
    const access = (indexedDB: () => IDBFactory | undefined) =>
      createIndexedDbEngine({ ...environment, indexedDB }).open();
    const throwing = () => {
      throw fault('SecurityError');
    };
    expect(await access(throwing)).toMatchObject({ kind: 'denied', error: { class: 'denied' } });
    expect(await access(() => undefined)).toMatchObject({ kind: 'denied' });
    const { indexedDB: _, ...none } = environment;
    expect(await createIndexedDbEngine(none).open()).toMatchObject({ kind: 'denied' });
    expect(await engineWith({ open: throwing }).open()).toMatchObject({
      kind: 'denied',
      error: { platformName: 'SecurityError' },
    });
  });

  /** A real error event of a real open request (a newer database is there), under another name. */
  async function openFailingWith(name: string): Promise<Opening> {
    const { engineWith, real } = world();
    (await wrap(real.open(DATABASE_NAME, 9)))?.close();
    return engineWith({ open: (database) => nameError(real.open(database, 1), name) }).open();
  }

  test.each([
    ['SecurityError', { kind: 'denied' }],
    ['InvalidStateError', { kind: 'denied' }],
    ['UnknownError', { kind: 'broken', error: { class: 'connection', platformName: 'UnknownError' } }],
    ['AbortError', { kind: 'broken', error: { class: 'connection' } }],
  ])('an open that fails with %s', async (name, expected) => {
    expect(await openFailingWith(name)).toMatchObject(expected);
  });

  test('[F23] a full disk while opening is told from a quota error: nothing could be opened', async () => {
    expect(await openFailingWith('QuotaExceededError')).toMatchObject({
      kind: 'broken',
      error: { class: 'capacity' },
    });
  });

  test('[F08] a database of a newer build is newer, and stays as it is', async () => {
    const { engineWith, real } = world();
    const newer = await connect(engineWith({}, 2));
    await writeHead(newer, 'from the future').done;
    newer.close();
    const before = await rawDump(real);
    expect(await engineWith({}, 1).open()).toEqual({ kind: 'newer' });
    expect(await rawDump(real)).toBe(before);
    expect((await real.databases())[0]?.version).toBe(2);
  });

  test('a newer build keeps what an older one stored', async () => {
    const { engineWith } = world();
    const older = await connect(engineWith({}, 1));
    await writeHead(older, 'kept').done;
    older.close();
    const opening = await engineWith({}, 2).open();
    expect(opening).toMatchObject({ kind: 'open', created: false });
    if (opening.kind === 'open') expect(await readHead(opening.connection)).toEqual(bytes('kept'));
  });

  test('[F45] missing object stores are damage, and the database is not deleted for it', async () => {
    const { engine, real } = world();
    const deleteDatabase = vi.spyOn(real, 'deleteDatabase');
    const request = real.open(DATABASE_NAME, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('log').put('a commit', [1, 0]);
    });
    (await wrap(request))?.close();
    const before = await rawDump(real);
    expect(await engine.open()).toMatchObject({ kind: 'broken', error: { class: 'corrupt' } });
    expect(deleteDatabase).not.toHaveBeenCalled();
    expect(await rawDump(real)).toBe(before);
    // Nothing of ours is left open: another tab can do with it what it must.
    (await wrap(real.open(DATABASE_NAME, 2)))?.close();
  });

  test('[F42] databases() is asked before open(), and its failure is handed up as the only warning', async () => {
    const order: string[] = [];
    const { engineWith, factory } = world();
    const opening = await engineWith({
      databases: () => {
        order.push('databases');
        return Promise.reject(fault('UnknownError'));
      },
      open: (name, version) => {
        order.push('open');
        return factory.open(name, version);
      },
    }).open();
    expect(order).toEqual(['databases', 'open']);
    expect(opening).toMatchObject({ kind: 'open', created: true, warning: { platformName: 'UnknownError' } });
  });

  test('a browser without databases() opens, and so does one in which it hangs', async () => {
    const { engineWith, clock } = world();
    const without = engineWith({ databases: undefined } as unknown as Partial<IDBFactory>);
    const first = await without.open();
    expect(first).toMatchObject({ kind: 'open', created: true });
    expect(first).not.toHaveProperty('warning');
    const hanging = engineWith({ databases: () => new Promise(() => {}) }).open();
    await settle();
    clock.increment(1_000);
    expect(await hanging).toMatchObject({ kind: 'open' });
  });

  test('[F10] an open that hangs ends at the deadline, as blocked', async () => {
    const { engine, clock } = world({ opening: (request) => withhold(request, 'success') });
    const opening = engine.open();
    await settle();
    clock.increment(5_000);
    expect(await opening).toMatchObject({ kind: 'broken', error: { class: 'blocked' } });
  });

  test('[F05] [F06] a third tab gets no blocked event: the watchdog ends its wait, and late success is closed', async () => {
    const { engineWith, clock, real } = world();
    const first = await wrap(real.open(DATABASE_NAME, 1));
    const second = real.open(DATABASE_NAME, 2);
    second.addEventListener('upgradeneeded', () => {
      for (const kind of KINDS) second.result.createObjectStore(kind);
    });
    await settle();
    const third = engineWith({}, 2).open();
    await settle();
    clock.increment(4_999);
    const answered = vi.fn();
    void third.then(answered);
    await settle();
    expect(answered).not.toHaveBeenCalled();
    clock.increment(1);
    expect(await third).toMatchObject({ kind: 'broken', error: { class: 'blocked' } });
    first?.close();
    (await wrap(second))?.close();
    await settle();
    const blocked = vi.fn();
    const upgrade = real.open(DATABASE_NAME, 3);
    upgrade.addEventListener('blocked', blocked);
    (await wrap(upgrade))?.close();
    expect(blocked).not.toHaveBeenCalled();
  });

  test('[F06] an upgrade that begins after we gave up is aborted, and nothing is created', async () => {
    const { engineWith, clock, real } = world();
    const holder = await wrap(real.open(DATABASE_NAME, 1));
    const opening = engineWith({}, 2).open();
    await settle();
    expect((await opening).kind).toBe('blocked');
    clock.increment(60_000);
    holder?.close();
    await settle();
    expect(await real.databases()).toEqual([{ name: DATABASE_NAME, version: 1 }]);
  });

  test('[F04] [X02] blocked is said at once, and goes on by itself when the other tab lets go', async () => {
    const { engineWith, real } = world();
    const holder = await wrap(real.open(DATABASE_NAME, 1));
    const opening = await engineWith({}, 2).open();
    if (opening.kind !== 'blocked') throw new Error(opening.kind);
    holder?.close();
    const connection = await opening.unblocked;
    await writeHead(connection, '1').done;
    expect(await readHead(connection)).toEqual(bytes('1'));
  });

  test('[F05] the wait for another tab has an end', async () => {
    const { engineWith, real, clock } = world();
    await wrap(real.open(DATABASE_NAME, 1));
    const opening = await engineWith({}, 2).open();
    if (opening.kind !== 'blocked') throw new Error(opening.kind);
    const late = vi.fn();
    opening.unblocked.catch(late);
    clock.increment(59_999);
    await settle();
    expect(late).not.toHaveBeenCalled();
    clock.increment(1);
    await expect(opening.unblocked).rejects.toMatchObject({ class: 'blocked' });
  });

  test('what blocks only after we gave up is nobody’s wait any more', async () => {
    const { engineWith, real, clock } = world();
    const first = await wrap(real.open(DATABASE_NAME, 1));
    const second = wrap(real.open(DATABASE_NAME, 2));
    await settle();
    const third = engineWith({}, 3).open();
    await settle();
    clock.increment(5_000);
    expect(await third).toMatchObject({ kind: 'broken', error: { class: 'blocked' } });
    first?.close();
    const holder = await second;
    await settle();
    holder?.close();
    await settle();
    expect((await real.databases())[0]?.version).toBe(2);
  });

  test('an open that was blocked and then fails tells whoever waits', async () => {
    const { engineWith, real } = world();
    const holder = await wrap(real.open(DATABASE_NAME, 1));
    const opening = await engineWith({
      open: (name) => {
        const request = nameError(real.open(name, 2), 'UnknownError');
        request.addEventListener('upgradeneeded', () => request.transaction?.abort());
        return request;
      },
    }).open();
    if (opening.kind !== 'blocked') throw new Error(opening.kind);
    holder?.close();
    await expect(opening.unblocked).rejects.toMatchObject({ class: 'connection' });
  });
});

describe('the life of a connection', () => {
  test('[F07] [X02] versionchange: what is written now lands, then the connection closes and the other tab goes on', async () => {
    const { engine, engineWith } = world();
    const connection = await connect(engine);
    let flush: Promise<void> | undefined;
    const lost = vi.fn<(why: Lost) => void>(() => {
      flush = writeHead(connection, 'flushed').done;
    });
    connection.onLost(lost);
    const newer = await engineWith({}, 2).open();
    expect(newer.kind).toBe('open');
    await flush;
    if (newer.kind === 'open') expect(await readHead(newer.connection)).toEqual(bytes('flushed'));
    expect(lost.mock.calls).toEqual([['superseded']]);
    await expect(writeHead(connection, 'late').done).rejects.toMatchObject({ class: 'connection' });
  });

  test('[F07] a listener that throws keeps no other tab waiting', async () => {
    const raised = vi.fn();
    process.once('uncaughtException', raised);
    const { engine, engineWith } = world();
    const connection = await connect(engine);
    connection.onLost(() => {
      throw new Error('of the listener');
    });
    expect((await engineWith({}, 2).open()).kind).toBe('open');
    process.removeListener('uncaughtException', raised);
  });

  test('[F12] [X02] a database that is being deleted elsewhere is vanished, not a reason to make a new one', async () => {
    const { engine, real } = world();
    const connection = await connect(engine);
    const lost = vi.fn<(why: Lost) => void>();
    connection.onLost(lost);
    await wrap(real.deleteDatabase(DATABASE_NAME));
    expect(lost.mock.calls).toEqual([['vanished']]);
    expect(await real.databases()).toEqual([]);
  });

  test.each([
    ['vanished', async () => []],
    ['closed', async () => [{ name: DATABASE_NAME, version: 1 }]],
    ['closed', async () => Promise.reject(fault('UnknownError'))],
  ])('[F12] a close event is %s, as the list of databases says', async (why, list) => {
    let raw: IDBDatabase | undefined;
    const { engineWith } = world({
      database: (db) => {
        raw = db;
      },
    });
    let databases = async (): Promise<IDBDatabaseInfo[]> => [];
    const connection = await connect(engineWith({ databases: () => databases() }));
    databases = list;
    const lost = vi.fn<(why: Lost) => void>();
    connection.onLost(lost);
    connection.onLost(() => lost('superseded'))();
    if (raw) forceCloseDatabase(raw as never);
    await settle();
    if (raw) forceCloseDatabase(raw as never);
    await settle();
    expect(lost.mock.calls).toEqual([[why]]);
    const late = vi.fn();
    connection.onLost(late);
    await settle();
    expect(late).toHaveBeenCalledWith(why);
  });
});

test('engines over different databases see nothing of each other', async () => {
  const factory = freshIndexedDb();
  const environment = { ...testEnvironment(), indexedDB: () => factory };
  await writeHead(await connect(createIndexedDbEngine(environment, 'one')), '1').done;
  expect(await readHead(await connect(createIndexedDbEngine(environment, 'two')))).toBeUndefined();
});

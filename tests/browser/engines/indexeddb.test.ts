import { wrap } from 'idb';
import { describe, expect, test, vi } from 'vitest';
import type { Connection, Lost } from '../../../src/engines/contract.ts';
import { createIndexedDbEngine, DATABASE_NAME } from '../../../src/engines/indexeddb.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import { connect, testEngineContract } from '../../engines/contract-suite.ts';
import { meddle, withhold } from '../../engines/meddle.ts';
import { testEnvironment } from '../../support/environment.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

testEngineContract({ name: 'indexeddb', durability: 'strict', commitsEarly: true }, () => {
  const environment = testEnvironment();
  return {
    engine: () => createIndexedDbEngine(environment),
    async plant(kind, key, value) {
      const db = await wrap(environment.origin.indexedDB.open(DATABASE_NAME));
      await db?.put(kind, value, key);
      db?.close();
    },
  };
});

function world(hooks: Parameters<typeof meddle>[1] = {}) {
  const environment = testEnvironment();
  const real = environment.origin.indexedDB;
  const factory = meddle(real, hooks);
  const engine = (version = 1) =>
    createIndexedDbEngine({ ...environment, indexedDB: () => factory }, DATABASE_NAME, { version });
  return { environment, real, engine };
}

const put = (connection: Connection, text: string) =>
  connection.write(['head'], async (writer) => writer.put('head', 'head', bytes(text))).done;
const get = (connection: Connection) => connection.read(['head'], (reader) => reader.get('head', 'head'));

describe('a real browser', () => {
  test("[F20] asks for durability 'strict' and is given it", async () => {
    const asked: unknown[] = [];
    const { engine } = world({
      transaction: (tx, options) => asked.push([tx.mode, options?.durability, tx.durability]),
    });
    await put(await connect(engine()), '1');
    expect(asked).toEqual([['readwrite', 'strict', 'strict']]);
  });

  test('[F19] while complete is withheld nothing is acknowledged, whatever the requests said', async () => {
    const { engine } = world({ transaction: (tx) => withhold(tx, 'complete') });
    const connection = await connect(engine());
    const settled = vi.fn();
    const answered = vi.fn();
    connection
      .write(['head'], async (writer) => {
        writer.put('head', 'head', bytes('1'));
        answered(await writer.get('head', 'head'));
      })
      .done.then(settled, settled);
    await vi.waitFor(() => expect(answered).toHaveBeenCalledWith(bytes('1')));
    await wait(100);
    expect(settled).not.toHaveBeenCalled();
  });

  test('[F19] a put that succeeds in a transaction that aborts is not a save', async () => {
    let isHit = false;
    const { engine, real } = world({
      transaction(tx) {
        if (!isHit) return;
        const store = tx.objectStore('head');
        const original = store.put.bind(store);
        store.put = (value, key) => {
          const request = original(value, key);
          request.addEventListener('success', () => tx.abort());
          return request;
        };
      },
    });
    const connection = await connect(engine());
    await put(connection, 'old');
    isHit = true;
    const write = connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('new')));
    await expect(write.done).rejects.toMatchObject({ class: 'transient' });
    expect(await write.abort()).toBe('aborted');
    isHit = false;
    const plain = await wrap(real.open(DATABASE_NAME));
    expect(await plain?.get('head', 'head')).toEqual(bytes('old'));
    plain?.close();
  });

  test('[F03] a closed connection is reopened once for all who meet it', async () => {
    const raw: IDBDatabase[] = [];
    const { engine, environment } = world({ database: (db) => raw.push(db) });
    const owner = createOwner(engine(), environment);
    const opening = await owner.open();
    if (opening.kind !== 'open') throw new Error(opening.kind);
    await put(opening.connection, '1');
    raw[0]?.close();
    const found = await Promise.all([
      get(opening.connection),
      get(opening.connection),
      get(opening.connection),
    ]);
    expect(found).toEqual([bytes('1'), bytes('1'), bytes('1')]);
    expect(raw).toHaveLength(2);
    owner.close();
  });

  test('[F04] [F07] a newer build waits for a tab that does not let go, and is let in by one that does', async () => {
    const { engine, real } = world();
    const stubborn = await wrap(real.open(DATABASE_NAME, 1));
    const opening = await engine(2).open();
    if (opening.kind !== 'blocked') throw new Error(opening.kind);
    stubborn?.close();
    const second = await opening.unblocked;
    await put(second, 'from 2');
    const lost = vi.fn<(why: Lost) => void>();
    second.onLost(lost);
    const third = await connect(engine(3));
    expect(lost.mock.calls).toEqual([['superseded']]);
    expect(await get(third)).toEqual(bytes('from 2'));
  });

  test('[F05] [F06] a third tab gets no blocked event: its wait has an end, and it leaves nothing open', async () => {
    const { engine, real, environment } = world();
    const holder = await wrap(real.open(DATABASE_NAME, 1));
    const second = await engine(2).open();
    if (second.kind !== 'blocked') throw new Error(second.kind);
    const third = engine(2).open();
    await wait(50);
    environment.clock.increment(5_000);
    expect(await third).toMatchObject({ kind: 'broken', error: { class: 'blocked' } });
    holder?.close();
    (await second.unblocked).close();
    await wait(50);
    const blocked = vi.fn();
    const upgrade = real.open(DATABASE_NAME, 3);
    upgrade.addEventListener('blocked', blocked);
    (await wrap(upgrade))?.close();
    expect(blocked).not.toHaveBeenCalled();
  });

  test('[F08] an older build meets a newer database: newer, and nothing changed', async () => {
    const { engine, real } = world();
    const newer = await connect(engine(2));
    await put(newer, 'from the future');
    newer.close();
    expect(await engine(1).open()).toEqual({ kind: 'newer' });
    expect((await real.databases())[0]).toMatchObject({ name: DATABASE_NAME, version: 2 });
  });

  test('[F12] a database deleted by someone else is vanished, and the deletion does not wait for us', async () => {
    const { engine, real } = world();
    const connection = await connect(engine());
    const lost = vi.fn<(why: Lost) => void>();
    connection.onLost(lost);
    await wrap(real.deleteDatabase(DATABASE_NAME));
    expect(lost.mock.calls).toEqual([['vanished']]);
  });

  test('a first run is told from a second', async () => {
    const { engine } = world();
    const first = await engine().open();
    expect(first).toMatchObject({ kind: 'open', created: true });
    if (first.kind === 'open') first.connection.close();
    expect(await engine().open()).toMatchObject({ kind: 'open', created: false });
  });

  test('a hundred records and a megabyte in one transaction, read back in order', async () => {
    const { engine } = world();
    const connection = await connect(engine());
    const page = new Uint8Array(1 << 20).map((_, at) => at & 0x7f);
    await connection.write(['log'], async (writer) => {
      writer.add('log', [1, 0], page);
      for (let seq = 2; seq <= 100; seq += 1) writer.add('log', [seq, 0], bytes(String(seq)));
    }).done;
    const entries = await connection.read(['log'], (reader) => reader.entries('log'));
    expect(entries).toHaveLength(100);
    expect(entries[0]).toEqual({ key: [1, 0], value: page });
    expect(entries[99]).toEqual({ key: [100, 0], value: bytes('100') });
  });
});

import { describe, expect, test, vi } from 'vitest';
import type { Connection, Engine, Lost, Opening } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { createIndexedDbEngine, DATABASE_NAME } from '../../src/engines/indexeddb.ts';
import { createOwner, type Owner } from '../../src/engines/owner.ts';
import { testEnvironment } from '../support/environment.ts';
import { meddle } from './meddle.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

/** The real engine on a real database, with its openings counted, and answers that a test may put in front. */
function world({ version }: { version?: number } = {}) {
  const environment = testEnvironment();
  const raw: IDBDatabase[] = [];
  const factory = meddle(environment.origin.indexedDB, { database: (db) => raw.push(db) });
  const build = (of?: number) =>
    createIndexedDbEngine(
      { ...environment, indexedDB: () => factory },
      DATABASE_NAME,
      of ? { version: of } : {},
    );
  const real = build(version);
  const answers: Opening[] = [];
  const open = vi.fn(async (): Promise<Opening> => answers.shift() ?? real.open());
  const engine: Engine = { ...real, open };
  return {
    environment,
    clock: environment.clock,
    build,
    engine,
    open,
    answers,
    raw,
    owner: createOwner(engine, environment),
  };
}

async function lasting(owner: Owner): Promise<Connection> {
  const opening = await owner.open();
  if (opening.kind !== 'open') throw new Error(opening.kind);
  return opening.connection;
}

const put = (connection: Connection, text: string) =>
  connection.write(['head'], async (writer) => writer.put('head', 'head', bytes(text))).done;
const get = (connection: Connection) => connection.read(['head'], (reader) => reader.get('head', 'head'));
const broken = (errorClass: 'connection' | 'capacity' | 'corrupt'): Opening => ({
  kind: 'broken',
  error: new StorageError(errorClass, 'opening failed'),
});

describe('one owner', () => {
  test('[F15] all callers share one opening and one connection, also when they come at the same moment', async () => {
    const { owner, open } = world();
    const [first, second] = await Promise.all([lasting(owner), lasting(owner)]);
    expect(first).toBe(second);
    expect(await lasting(owner)).toBe(first);
    expect(open).toHaveBeenCalledOnce();
    expect(owner.generation()).toBe(1);
  });

  test('everyone who waited for the first opening hears that the database is new; who comes later does not', async () => {
    const { owner } = world();
    const [first, second] = await Promise.all([owner.open(), owner.open()]);
    expect([first, second]).toMatchObject([{ created: true }, { created: true }]);
    expect(await owner.open()).toMatchObject({ created: false });
  });

  test('[F14] a fast remount uses the connection on, and the last one who leaves closes it', async () => {
    const { owner, open, raw } = world();
    const leave = owner.retain();
    const opening = owner.open();
    leave();
    leave();
    const leaveAgain = owner.retain();
    await opening;
    await put(await lasting(owner), '1');
    expect(open).toHaveBeenCalledOnce();
    const another = owner.retain();
    leaveAgain();
    await put(await lasting(owner), '2');
    expect(open).toHaveBeenCalledOnce();
    another();
    expect(() => raw[0]?.transaction('head')).toThrowError(
      expect.objectContaining({ name: 'InvalidStateError' }),
    );
  });

  test('[F14] who left while it was still opening leaves no connection behind', async () => {
    const { owner, raw } = world();
    const leave = owner.retain();
    const opening = owner.open();
    leave();
    await opening;
    await settle();
    expect(() => raw[0]?.transaction('head')).toThrowError(
      expect.objectContaining({ name: 'InvalidStateError' }),
    );
  });
});

describe('a lost connection', () => {
  test('[F03] a closing connection is dropped, reopened once for all who met it, and each tries once more', async () => {
    const { owner, open, raw } = world();
    const connection = await lasting(owner);
    await put(connection, '1');
    raw[0]?.close();
    const found = await Promise.all([
      get(connection),
      get(connection),
      put(connection, '2'),
      get(connection),
    ]);
    expect([found[0], found[1], found[3]]).toEqual([bytes('1'), bytes('1'), bytes('2')]);
    expect(open).toHaveBeenCalledTimes(2);
    expect(owner.generation()).toBe(2);
  });

  test('[F02] a caller that meets the old dead connection late does not drop the new one', async () => {
    const { owner, open, raw } = world();
    const connection = await lasting(owner);
    await put(connection, '1');
    let isFirst = true;
    const late = connection.read(['head'], async (reader) => {
      const value = await reader.get('head', 'head');
      if (!isFirst) return value;
      isFirst = false;
      // Meanwhile the connection dies and someone else has it reopened.
      raw[0]?.close();
      await get(connection);
      throw new StorageError('connection', 'lost, and found out late');
    });
    expect(await late).toEqual(bytes('1'));
    expect(open).toHaveBeenCalledTimes(2);
    expect(raw).toHaveLength(2);
    expect(() => raw[1]?.transaction('head')).not.toThrow();
  });

  test('[F01] a backing store that fails to open is tried three times more, with jitter, then said', async () => {
    const { owner, open, answers, clock, environment } = world();
    vi.spyOn(environment, 'random').mockReturnValue(0.5);
    answers.push(broken('connection'), broken('connection'), broken('connection'), broken('connection'));
    const opening = owner.open();
    await settle();
    expect(open).toHaveBeenCalledTimes(2);
    clock.increment(249);
    await settle();
    expect(open).toHaveBeenCalledTimes(2);
    clock.increment(1);
    await settle();
    expect(open).toHaveBeenCalledTimes(3);
    clock.increment(1_000);
    expect(await opening).toMatchObject({ kind: 'broken', error: { class: 'connection' } });
    expect(open).toHaveBeenCalledTimes(4);
  });

  test('[F01] [F34] a thousand operations on a storage that stays broken share one attempt of four openings', async () => {
    const { owner, open, answers, clock, raw } = world();
    const connection = await lasting(owner);
    raw[0]?.close();
    answers.push(...Array.from({ length: 100 }, () => broken('connection')));
    const all = Promise.allSettled(Array.from({ length: 1_000 }, () => get(connection)));
    for (let at = 0; at < 4; at += 1) {
      await settle();
      clock.increment(2_000);
    }
    for (const outcome of await all) expect(outcome).toMatchObject({ reason: { class: 'connection' } });
    expect(open).toHaveBeenCalledTimes(1 + 4);
  });

  test('it opens again by itself once the browser can', async () => {
    const { owner, answers, raw } = world();
    const connection = await lasting(owner);
    await put(connection, '1');
    raw[0]?.close();
    answers.push(broken('connection'));
    expect(await get(connection)).toEqual(bytes('1'));
  });

  test.each(['capacity', 'corrupt'] as const)(
    '[F34] an opening that fails as %s is not tried again',
    async (why) => {
      const { owner, open, answers } = world();
      answers.push(broken(why));
      expect(await owner.open()).toMatchObject({ kind: 'broken', error: { class: why } });
      expect(open).toHaveBeenCalledOnce();
      answers.push(broken(why));
      await expect(owner.check()).rejects.toMatchObject({ class: why });
    },
  );

  test('an unreadable value on a live connection reopens nothing and runs nothing twice', async () => {
    const { owner, open } = world();
    const connection = await lasting(owner);
    const body = vi.fn(async () => {
      throw new StorageError('corrupt', 'unreadable');
    });
    await expect(connection.read(['head'], body)).rejects.toMatchObject({ class: 'corrupt' });
    await expect(connection.write(['head'], body).done).rejects.toMatchObject({ class: 'corrupt' });
    await expect(
      connection.read(['head'], async () => Promise.reject(new RangeError('mine'))),
    ).rejects.toThrow('mine');
    expect(body).toHaveBeenCalledTimes(2);
    expect(open).toHaveBeenCalledOnce();
    expect(owner.generation()).toBe(1);
  });

  test('a write that may have landed is not written again', async () => {
    const { owner, open } = world();
    const connection = await lasting(owner);
    const body = vi.fn(async () => {
      throw new StorageError('connection', 'lost', { isUncertain: true });
    });
    await expect(connection.write(['head'], body).done).rejects.toMatchObject({ isUncertain: true });
    expect(body).toHaveBeenCalledOnce();
    await get(connection);
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('a connection that is lost twice is said, and dropped twice', async () => {
    const { owner, open } = world();
    const connection = await lasting(owner);
    const body = vi.fn(async () => {
      throw new StorageError('connection', 'lost');
    });
    await expect(connection.read(['head'], body)).rejects.toMatchObject({ class: 'connection' });
    expect(body).toHaveBeenCalledTimes(2);
    await get(connection);
    expect(open).toHaveBeenCalledTimes(3);
  });

  test('a task that fails otherwise after a reopen keeps the new connection', async () => {
    const { owner, open } = world();
    const connection = await lasting(owner);
    const body = vi
      .fn(async () => {})
      .mockRejectedValueOnce(new StorageError('connection', 'lost'))
      .mockRejectedValueOnce(new StorageError('corrupt', 'unreadable'));
    await expect(connection.read(['head'], body)).rejects.toMatchObject({ class: 'corrupt' });
    await get(connection);
    expect(open).toHaveBeenCalledTimes(2);
  });
});

describe('giving up', () => {
  test('abort reaches the transaction under way, and proves', async () => {
    const { owner } = world();
    const connection = await lasting(owner);
    const write = connection.write(['head'], async (writer) => {
      writer.put('head', 'head', bytes('1'));
      await writer.get('head', 'head');
    });
    const proof = write.abort();
    await expect(write.done).rejects.toMatchObject({ class: 'transient' });
    expect(await proof).toBe('aborted');
    expect(await get(connection)).toBeUndefined();
  });

  test('abort while the connection is still being reopened: nothing is written afterwards', async () => {
    const { owner } = world();
    const connection = await lasting(owner);
    owner.close();
    const write = connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('1')));
    expect(await write.abort()).toBe('aborted');
    await expect(write.done).rejects.toMatchObject({ class: 'transient' });
    expect(await get(connection)).toBeUndefined();
  });
});

describe('after a quota error', () => {
  test('[F24] a fresh connection takes over once it is open, and whoever holds the lasting one notices nothing', async () => {
    const { owner, raw } = world();
    const connection = await lasting(owner);
    await put(connection, '1');
    const lost = vi.fn();
    connection.onLost(lost);
    expect(await owner.renew()).toBe('open');
    await put(connection, '2');
    expect(await get(connection)).toEqual(bytes('2'));
    expect(raw).toHaveLength(2);
    expect(() => raw[0]?.transaction('head')).toThrow();
    expect(lost).not.toHaveBeenCalled();
  });

  test('[F24] [F23] where none can be opened the old one stays, and can still be read', async () => {
    const { owner, answers, open } = world();
    const connection = await lasting(owner);
    await put(connection, '1');
    answers.push(broken('capacity'));
    expect(await owner.renew()).toBe('broken');
    expect(await get(connection)).toEqual(bytes('1'));
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('a connection that comes only when another tab lets go is not kept beside the old one', async () => {
    const { owner, answers, engine } = world();
    await lasting(owner);
    const late = await engine.open();
    if (late.kind !== 'open') throw new Error(late.kind);
    const close = vi.spyOn(late.connection, 'close');
    answers.push({ kind: 'blocked', unblocked: Promise.resolve(late.connection) });
    expect(await owner.renew()).toBe('blocked');
    await settle();
    expect(close).toHaveBeenCalledOnce();
    answers.push({ kind: 'blocked', unblocked: Promise.reject(new StorageError('blocked', 'still')) });
    expect(await owner.renew()).toBe('blocked');
  });

  test('it opens where nothing was open yet', async () => {
    const { owner } = world();
    expect(await owner.renew()).toBe('open');
    expect(owner.generation()).toBe(1);
    expect(await get(await lasting(owner))).toBeUndefined();
  });
});

describe('lost data', () => {
  test('[F12] a database that has to be made anew is vanished: the old connection never writes into the empty one', async () => {
    const { owner, environment, raw } = world();
    const connection = await lasting(owner);
    await put(connection, 'precious');
    const lost = vi.fn<(why: Lost) => void>();
    connection.onLost(lost);
    owner.close();
    await new Promise((resolve) => {
      environment.origin.indexedDB.deleteDatabase(DATABASE_NAME).addEventListener('success', resolve);
    });
    await expect(put(connection, 'into the void')).rejects.toMatchObject({ class: 'vanished' });
    expect(lost.mock.calls).toEqual([['vanished']]);
    await expect(get(connection)).rejects.toMatchObject({ class: 'vanished' });
    expect(raw).toHaveLength(2);
    const next = await owner.open();
    expect(next).toMatchObject({ kind: 'open', created: true });
    if (next.kind === 'open') expect(await get(next.connection)).toBeUndefined();
  });

  test('[F07] a newer tab: what listeners write at that moment lands, then the old connection is over', async () => {
    const { owner, build } = world({ version: 1 });
    const connection = await lasting(owner);
    let flush: Promise<void> | undefined;
    const lost = vi.fn<(why: Lost) => void>(() => {
      flush = put(connection, 'flushed');
    });
    connection.onLost(lost);
    const silent = vi.fn();
    connection.onLost(silent)();
    const newer = await build(2).open();
    await flush;
    if (newer.kind !== 'open') throw new Error(newer.kind);
    expect(await get(newer.connection)).toEqual(bytes('flushed'));
    expect(lost.mock.calls).toEqual([['superseded']]);
    expect(silent).not.toHaveBeenCalled();
    await expect(put(connection, 'late')).rejects.toMatchObject({ class: 'newer' });
    expect(await owner.open()).toEqual({ kind: 'newer' });
    await expect(owner.check()).rejects.toMatchObject({ class: 'newer' });
  });
});

describe('[F07] a newer tab waits a moment for what is edited here', () => {
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 5));

  test('a save that takes some steps of its own still lands', async () => {
    const { owner, build } = world({ version: 1 });
    const connection = await lasting(owner);
    connection.onLost(async () => {
      await aWhile();
      await put(connection, 'flushed');
    });
    const newer = await build(2).open();
    if (newer.kind === 'blocked') await newer.unblocked;
    const opening = await build(2).open();
    if (opening.kind !== 'open') throw new Error(opening.kind);
    expect(await get(opening.connection)).toEqual(bytes('flushed'));
    await expect(put(connection, 'late')).rejects.toMatchObject({ class: 'newer' });
  });

  test('but not for ever', async () => {
    const { owner, build, environment } = world({ version: 1 });
    const connection = await lasting(owner);
    connection.onLost(() => new Promise(() => {}));
    const newer = build(2).open();
    const opening = await newer;
    const unblocked = opening.kind === 'blocked' ? opening.unblocked : newer;
    let isUnblocked = false;
    void unblocked.then(() => {
      isUnblocked = true;
    });
    for (let passedMs = 0; passedMs < 5_000 && !isUnblocked; passedMs += 100) {
      await aWhile();
      environment.clock.increment(100);
    }
    expect(isUnblocked).toBe(true);
  });
});

describe('another tab in the way', () => {
  test('[F04] all wait together, and go on together', async () => {
    const { build, environment, engine } = world({ version: 2 });
    const holder = await new Promise<IDBDatabase>((resolve) => {
      const request = environment.origin.indexedDB.open(DATABASE_NAME, 1);
      request.addEventListener('success', () => resolve(request.result));
    });
    const open = vi.fn(() => build(2).open());
    const owner = createOwner({ ...engine, open }, environment);
    const opening = await owner.open();
    if (opening.kind !== 'blocked') throw new Error(opening.kind);
    const work = owner.check();
    const again = await owner.open();
    expect(again.kind).toBe('blocked');
    holder.close();
    await work;
    await put(await opening.unblocked, '1');
    if (again.kind === 'blocked') expect(await again.unblocked).toBe(await opening.unblocked);
    expect(open).toHaveBeenCalledOnce();
  });

  test('after the wait ended without success the next attempt is a new one', async () => {
    const { owner, answers, open } = world();
    const late = Promise.reject(new StorageError('blocked', 'still'));
    late.catch(() => {});
    answers.push({ kind: 'blocked', unblocked: late });
    const opening = await owner.open();
    if (opening.kind === 'blocked')
      await expect(opening.unblocked).rejects.toMatchObject({ class: 'blocked' });
    expect((await owner.open()).kind).toBe('open');
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('an engine that throws is not remembered as an attempt under way', async () => {
    const { owner, open } = world();
    open.mockRejectedValueOnce(new TypeError('a bug'));
    await expect(owner.open()).rejects.toThrow('a bug');
    expect((await owner.open()).kind).toBe('open');
  });
});

describe('after the back/forward cache', () => {
  test('a live connection stays', async () => {
    const { owner, open } = world();
    await lasting(owner);
    await owner.check();
    expect(open).toHaveBeenCalledOnce();
  });

  test('a dead one is reopened, without an event', async () => {
    const { owner, open, raw } = world();
    const connection = await lasting(owner);
    await put(connection, '1');
    raw[0]?.close();
    await owner.check();
    expect(open).toHaveBeenCalledTimes(2);
    expect(await get(connection)).toEqual(bytes('1'));
  });

  test('one that does not answer at all is reopened after a deadline', async () => {
    const { owner, open, engine, environment, clock } = world();
    const silent = vi.fn(async (): Promise<Opening> => {
      const opening = await open();
      if (opening.kind !== 'open' || silent.mock.calls.length > 1) return opening;
      return { ...opening, connection: { ...opening.connection, read: () => new Promise(() => {}) } };
    });
    const hanging = createOwner({ ...engine, open: silent }, environment);
    await lasting(hanging);
    const check = hanging.check();
    await settle();
    clock.increment(5_000);
    await check;
    expect(silent).toHaveBeenCalledTimes(2);
    await lasting(owner);
  });

  test('closing is no loss: nobody is told, and the next use opens again', async () => {
    const { owner, open } = world();
    const connection = await lasting(owner);
    const lost = vi.fn();
    connection.onLost(lost);
    connection.close();
    owner.close();
    await put(connection, '1');
    expect(lost).not.toHaveBeenCalled();
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('a connection the browser closed is reopened at the next use', async () => {
    const { owner, open, engine, environment } = world();
    let lose = (_why: Lost) => {};
    const losing = vi.fn(async (): Promise<Opening> => {
      const opening = await open();
      if (opening.kind !== 'open') return opening;
      return {
        ...opening,
        connection: {
          ...opening.connection,
          onLost(listener) {
            lose = listener;
            return () => {};
          },
        },
      };
    });
    const own = createOwner({ ...engine, open: losing }, environment);
    const connection = await lasting(own);
    const lost = vi.fn();
    connection.onLost(lost);
    await put(connection, '1');
    lose('closed');
    expect(await get(connection)).toEqual(bytes('1'));
    expect(lost).not.toHaveBeenCalled();
    expect(losing).toHaveBeenCalledTimes(2);
    await lasting(owner);
  });
});

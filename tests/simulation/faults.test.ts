import { describe, expect, test } from 'vitest';
import {
  connectionDiesAt,
  cursorsEndAfter,
  diskFull,
  FAULT_KINDS,
  faultAt,
  unreadable,
} from './faults/rules.ts';
import { DATABASE, type Tab, World } from './world/world.ts';

/** A page that knows nothing of faults: opens, puts one value, says so on `complete`. */
async function openPage(tab: Tab): Promise<IDBDatabase> {
  const factory = tab.environment.indexedDB?.();
  if (!factory) throw new Error('no factory');
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore('log');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function save(
  db: IDBDatabase,
  key: string,
  value: unknown,
  durability: IDBTransactionDurability = 'strict',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction('log', 'readwrite', { durability });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.objectStore('log').put(value, key);
  });
}

function read(db: IDBDatabase, key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = db.transaction('log').objectStore('log').get(key);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function openAndSave(tab: Tab): Promise<void> {
  const db = await openPage(tab);
  await save(db, 'k', 'v');
}

async function stored(world: World): Promise<unknown> {
  return (await world.dump()).log?.find(([key]) => key === 'k')?.[1];
}

function stepOf(world: World, kind: string): number {
  const index = world.steps.trace.findIndex((line) => line.split(' ')[2] === kind);
  if (index < 0) throw new Error(`no step ${kind} in\n${world.steps.trace.join('\n')}`);
  return index + 1;
}

/** The number of a kind of step in an undisturbed run. */
async function undisturbed(kind: string): Promise<number> {
  const world = new World();
  const tab = world.tab();
  await world.settle(openAndSave(tab), tab);
  return stepOf(world, kind);
}

describe('the fault layer', () => {
  test('numbers every step of opening and one save', async () => {
    const world = new World();
    const tab = world.tab();
    expect(await world.settle(openAndSave(tab), tab)).toMatchObject({ kind: 'resolved' });
    expect(world.steps.trace.map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      `open ${DATABASE}`,
      `upgradeneeded ${DATABASE}`,
      'complete upgrade',
      `opened ${DATABASE}`,
      'transaction log.readwrite',
      'issue log.put "k"',
      'success log.put',
      'commit log',
      'complete log',
    ]);
  });

  test('a crash at any step ends the run there, and only complete leaves the value behind', async () => {
    for (let n = 1; n <= 9; n += 1) {
      const world = new World();
      const rule = faultAt(n, 'C');
      world.steps.rule = rule;
      const tab = world.tab();
      expect(await world.settle(openAndSave(tab), tab)).toEqual({ kind: 'crashed' });
      expect(rule.struck()).toBe(true);
      expect(await stored(world)).toBe(n === 9 ? 'v' : undefined);
    }
  });

  test('a dead process is frozen: nothing it asks for is done, nothing answers, no timer of it fires', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    await save(db, 'k', 'before');
    const signs: string[] = [];
    // The retry loop of a page that does not know that it is dead.
    const retry = () => {
      void save(db, 'k', 'from the grave').then(
        () => signs.push('saved'),
        () => signs.push('refused'),
      );
      void openPage(tab).then(
        () => signs.push('opened'),
        () => signs.push('not opened'),
      );
      tab.environment.clock.setTimeout(() => {
        signs.push('timer');
        retry();
      }, 10);
    };
    tab.environment.clock.setTimeout(retry, 10);
    const channel = tab.environment.channel?.('c');
    channel?.addEventListener('message', () => signs.push('message'));
    const held = new Promise<void>((resolve) => {
      void tab.environment.locks?.request('l', () => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    await held;

    tab.kill();
    retry();
    expect(() => tab.environment.localStorage?.()?.setItem('k', 'v')).toThrow('The page has ended.');
    const steps = world.steps.count;

    const next = world.tab();
    next.environment.channel?.('c').postMessage('hello');
    const other = await openPage(next);
    const granted = next.environment.locks?.request('l', () => read(other, 'k')) ?? Promise.reject();
    expect(await world.settle(granted, next)).toEqual({ kind: 'resolved', value: 'before' });
    expect(await world.settle(new Promise(() => undefined))).toEqual({ kind: 'pending' });
    expect(signs).toEqual([]);
    expect(world.steps.trace.slice(steps).filter((line) => line.split(' ')[1] === tab.name)).toEqual([]);
    expect(world.storage.length).toBe(0);
  });

  test('the open transaction of a dead process vanishes and lets others pass', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    const transaction = db.transaction('log', 'readwrite');
    transaction.objectStore('log').put('half', 'k');
    transaction.objectStore('log').put('half', 'other');
    tab.kill();
    const next = world.tab();
    const late = openPage(next).then((opened) => read(opened, 'k'));
    expect(await world.settle(late, next)).toEqual({ kind: 'resolved', value: undefined });
  });

  test('an error at the answer of a request aborts the transaction with that error', async () => {
    const world = new World();
    world.steps.rule = faultAt(await undisturbed('success'), 'E1', 'UnknownError');
    const tab = world.tab();
    expect(await world.settle(openAndSave(tab), tab)).toMatchObject({
      kind: 'rejected',
      error: { name: 'UnknownError' },
    });
    expect(await stored(world)).toBeUndefined();
  });

  test('[F19] an error between the last success and complete aborts what seemed to have worked', async () => {
    const world = new World();
    world.steps.rule = faultAt(await undisturbed('commit'), 'E1', 'QuotaExceededError');
    const tab = world.tab();
    expect(await world.settle(openAndSave(tab), tab)).toMatchObject({
      kind: 'rejected',
      error: { name: 'QuotaExceededError' },
    });
    expect(world.steps.trace.join('\n')).toContain('success log.put');
    expect(await stored(world)).toBeUndefined();
  });

  test('an error in place of complete: it landed, but the connection and the answer are lost', async () => {
    const world = new World();
    // The upgrade has a complete of its own, before it.
    const count = new World();
    const counter = count.tab();
    await count.settle(openAndSave(counter), counter);
    world.steps.rule = faultAt(count.steps.count, 'E1');
    const tab = world.tab();
    expect(await world.settle(openAndSave(tab), tab)).toMatchObject({ kind: 'rejected' });
    expect(await stored(world)).toBe('v');
    expect(tab.factory.connections).toEqual([]);
  });

  test('a hanging transaction keeps others waiting until its page gives up or ends', async () => {
    for (const kind of ['issue', 'success', 'commit'] as const) {
      const world = new World();
      world.steps.rule = faultAt(await undisturbed(kind), 'H');
      const tab = world.tab();
      const stuck = world.settle(openAndSave(tab), tab);
      expect(await stuck).toEqual({ kind: 'pending' });
      const next = world.tab();
      const waits = openPage(next).then((db) => save(db, 'other', 1));
      expect(await world.settle(waits, next)).toEqual({ kind: 'pending' });
      tab.kill();
      expect(await world.settle(waits, next)).toMatchObject({ kind: 'resolved' });
    }
  });

  test('abort() of a hanging transaction is answered, and proves that nothing landed', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    world.steps.rule = (step) => (step.kind === 'issue' ? { kind: 'hang' } : undefined);
    const order: string[] = [];
    const transaction = db.transaction('log', 'readwrite');
    const request = transaction.objectStore('log').put('v', 'k');
    request.onerror = () => order.push(`error ${request.error?.name}`);
    const aborted = new Promise<void>((resolve) => {
      transaction.onabort = () => resolve();
    });
    await world.quiet();
    transaction.abort();
    expect(await world.settle(aborted, tab)).toMatchObject({ kind: 'resolved' });
    expect(order).toEqual(['error AbortError']);
    expect(await stored(world)).toBeUndefined();
  });

  test('[F03] a connection that dies stays dead until another is opened', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    world.steps.rule = connectionDiesAt(1);
    expect(await world.settle(save(db, 'k', 1), tab)).toMatchObject({ error: { name: 'InvalidStateError' } });
    expect(await world.settle(save(db, 'k', 1), tab)).toMatchObject({ error: { name: 'InvalidStateError' } });
    const again = openPage(tab).then((opened) => save(opened, 'k', 2));
    expect(await world.settle(again, tab)).toMatchObject({ kind: 'resolved' });
  });

  test.each([
    ['request', 'QuotaExceededError'],
    ['abort', 'QuotaExceededError'],
    ['data-error', 'DataError'],
  ] as const)('a full disk shows itself as %s', async (shape, name) => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    world.steps.rule = diskFull(shape);
    expect(await world.settle(save(db, 'k', 'v'), tab)).toMatchObject({ kind: 'rejected', error: { name } });
    expect(await world.settle(read(db, 'k'), tab)).toEqual({ kind: 'resolved', value: undefined });
  });

  test('an unreadable value fails every way of reading it and hides no other', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    await save(db, 'k', 'v');
    await save(db, 'other', 'w');
    world.steps.rule = unreadable('log', '"k"');
    expect(await world.settle(read(db, 'k'), tab)).toMatchObject({ error: { name: 'DataError' } });
    expect(await world.settle(read(db, 'other'), tab)).toEqual({ kind: 'resolved', value: 'w' });
  });

  test('a cursor ends early without an error', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    for (const key of ['a', 'b', 'c']) await save(db, key, key);
    world.steps.rule = cursorsEndAfter(2);
    const walked = new Promise<unknown[]>((resolve) => {
      const seen: unknown[] = [];
      const request = db.transaction('log').objectStore('log').openCursor();
      request.onsuccess = () => {
        if (!request.result) return resolve(seen);
        seen.push(request.result.key);
        request.result.continue();
      };
    });
    expect(await world.settle(walked, tab)).toEqual({ kind: 'resolved', value: ['a', 'b'] });
  });

  test('[F33] a power cut takes the newest relaxed commits and no strict one', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    await save(db, 'k', 1, 'relaxed');
    await save(db, 'k', 2, 'strict');
    await save(db, 'k', 3, 'relaxed');
    await save(db, 'other', 4, 'relaxed');
    expect(await world.losePower([tab])).toBe(2);
    expect((await world.dump()).log).toEqual([['k', 2]]);
  });

  test('eviction closes connections with an event and leaves no database', async () => {
    const world = new World();
    const tab = world.tab();
    const db = await openPage(tab);
    await save(db, 'k', 1);
    let closed = 0;
    db.onclose = () => {
      closed += 1;
    };
    await world.evict([tab]);
    expect(closed).toBe(1);
    expect(await world.dump()).toEqual({});
  });

  test('every fault kind at every step of opening and saving ends or is pending, and is never half a save', async () => {
    for (const kind of FAULT_KINDS) {
      let points = 0;
      for (let n = 1; ; n += 1) {
        const world = new World();
        const rule = faultAt(n, kind);
        world.steps.rule = rule;
        const tab = world.tab();
        const ending = await world.settle(openAndSave(tab), tab);
        world.steps.rule = undefined;
        if (!rule.struck()) break;
        points += 1;
        tab.kill();
        await world.quiet();
        const value = await stored(world);
        expect(ending.kind === 'resolved' ? ['v'] : ['v', undefined]).toContain(value);
      }
      expect(points).toBe(9);
    }
  });

  test('[I24] the same seed gives the same trace', async () => {
    const run = async () => {
      const world = new World(7);
      const tab = world.tab();
      await world.settle(openAndSave(tab), tab);
      return world.steps.trace;
    };
    expect(await run()).toEqual(await run());
  });
});

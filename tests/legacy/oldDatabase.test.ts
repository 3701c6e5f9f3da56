import { describe, expect, it } from 'vitest';
import { readOldDatabase } from '../../src/services/legacy/oldDatabase.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';

const WHAT = { database: 'hl7-helper-db', store: 'keyvalue', keys: ['templates', 'settings'] };

/** A browser without `databases()`. */
function without(factory: IDBFactory): IDBFactory {
  return { open: factory.open.bind(factory), databases: undefined } as unknown as IDBFactory;
}

function make(factory: IDBFactory, store: string, version = 1): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.open(WHAT.database, version);
    request.onupgradeneeded = () => request.result.createObjectStore(store).put([1], 'templates');
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error);
  });
}

describe('The earlier database', () => {
  it.each(['with', 'without'])('is not made by looking for it, %s a list of databases', async (how) => {
    const { indexedDB } = testOrigin();
    const factory = how === 'with' ? indexedDB : without(indexedDB);
    const environment = { ...testEnvironment(), indexedDB: () => factory };
    expect(await readOldDatabase(environment, WHAT)).toBeNull();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it.each([1, 7])('is read at version %i, as it is', async (version) => {
    const { indexedDB } = testOrigin();
    await make(indexedDB, 'keyvalue', version);
    const environment = { ...testEnvironment(), indexedDB: () => indexedDB };
    const found = await readOldDatabase(environment, WHAT);
    expect([...(found ?? [])]).toEqual([
      ['templates', [1]],
      ['settings', undefined],
    ]);
    expect(await indexedDB.databases()).toEqual([{ name: WHAT.database, version }]);
  });

  it('[F45] without its store holds nothing, and is left as it is', async () => {
    const { indexedDB } = testOrigin();
    await make(indexedDB, 'another');
    const environment = { ...testEnvironment(), indexedDB: () => indexedDB };
    expect(await readOldDatabase(environment, WHAT)).toBeNull();
  });

  it('[F10] [I13] that never answers is an error after three seconds, and closed should it answer later', async () => {
    const { indexedDB } = testOrigin();
    await make(indexedDB, 'keyvalue');
    const environment = testEnvironment();
    let answer = (): void => {};
    let closed = 0;
    const connection = { close: () => (closed += 1), objectStoreNames: { contains: () => false } };
    const request: Record<string, unknown> = { result: connection };
    const factory = {
      databases: () => indexedDB.databases(),
      open: () => {
        answer = request.onsuccess as () => void;
        queueMicrotask(() => (answer = request.onsuccess as () => void));
        return request;
      },
    } as unknown as IDBFactory;
    const reading = readOldDatabase({ clock: environment.clock, indexedDB: () => factory }, WHAT);
    const failure = expect(reading).rejects.toMatchObject({ class: 'blocked' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    environment.clock.increment(3_000);
    await failure;
    answer();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(closed).toBeGreaterThan(0);
  });

  it('[F16] that is forbidden is an error, and not absent', async () => {
    const indexedDB = () => {
      throw new DOMException('Denied', 'SecurityError');
    };
    await expect(readOldDatabase({ ...testEnvironment(), indexedDB }, WHAT)).rejects.toMatchObject({
      class: 'denied',
    });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { readOldDatabase } from '../../../src/services/legacy/oldDatabase.ts';

const WHAT = { database: 'hl7-helper-db', store: 'keyvalue', keys: ['templates', 'settings'] };
const clock = {
  setTimeout: (task: () => void, ms: number) => setTimeout(task, ms),
  clearTimeout: (handle: unknown) => clearTimeout(handle as number),
};
const namesNow = async () => (await indexedDB.databases()).map(({ name }) => name);

function ended(request: IDBOpenDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

afterEach(() => ended(indexedDB.deleteDatabase(WHAT.database)));

describe('The earlier database, in this browser', () => {
  it.each([
    ['with', indexedDB],
    ['without', { open: indexedDB.open.bind(indexedDB) } as IDBFactory],
  ] as const)('is not made by looking for it, %s a list of databases', async (_, factory) => {
    expect(await readOldDatabase({ clock, indexedDB: () => factory }, WHAT)).toBeNull();
    expect(await namesNow()).not.toContain(WHAT.database);
  });

  it('is read as it is, while an old tab has it open', async () => {
    const request = indexedDB.open(WHAT.database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(WHAT.store).put([1], 'templates');
    await ended(request);
    const found = await readOldDatabase({ clock, indexedDB: () => indexedDB }, WHAT);
    expect([...(found ?? [])]).toEqual([
      ['templates', [1]],
      ['settings', undefined],
    ]);
    request.result.close();
  });
});

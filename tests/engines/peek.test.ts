import { expect, test } from 'vitest';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';

const NAME = 'peeked';
const engineOf = (origin = testOrigin(), indexedDB = () => origin.indexedDB) =>
  createIndexedDbEngine({ ...testEnvironment({ origin }), indexedDB }, NAME);

test('[I9] a look makes no database where none is', async () => {
  const origin = testOrigin();
  await expect(engineOf(origin).peek?.()).rejects.toMatchObject({ name: 'StorageError' });
  expect(await origin.indexedDB.databases()).toEqual([]);
});

test('a look is refused with its reason where nothing can be opened', async () => {
  const denied = () => {
    throw new DOMException('Denied', 'SecurityError');
  };
  await expect(engineOf(testOrigin(), denied).peek?.()).rejects.toMatchObject({ class: 'denied' });
  const nothing = () => undefined as never;
  await expect(engineOf(testOrigin(), nothing).peek?.()).rejects.toMatchObject({ class: 'denied' });
});

test('[F08] a look reads what a newer build has made, and leaves its version alone', async () => {
  const origin = testOrigin();
  const environment = testEnvironment({ origin, tab: 'newer' });
  const opening = await createIndexedDbEngine(environment, NAME, { version: 7 }).open();
  if (opening.kind !== 'open') throw new Error(opening.kind);
  await opening.connection.write(['marks'], async (writer) => writer.put('marks', 'a', new Uint8Array([1])))
    .done;
  opening.connection.close();
  const engine = engineOf(origin);
  expect(await engine.open()).toEqual({ kind: 'newer' });
  const connection = await engine.peek?.();
  expect(await connection?.read(['marks'], (reader) => reader.get('marks', 'a'))).toEqual(
    new Uint8Array([1]),
  );
  connection?.close();
  expect(await origin.indexedDB.databases()).toEqual([{ name: NAME, version: 7 }]);
});

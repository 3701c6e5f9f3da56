import { wrap } from 'idb';
import { createIndexedDbEngine, DATABASE_NAME } from '../../src/engines/indexeddb.ts';
import { testEnvironment } from '../support/environment.ts';
import { testEngineContract } from './contract-suite.ts';

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

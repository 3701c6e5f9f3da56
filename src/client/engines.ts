/** Where an app's bytes may live; it hands one of these to `createPersistence`. */
export { createIndexedDbEngine } from '../engines/indexeddb.ts';

import type { Environment } from '../environment.ts';
import type { Engine } from './contract.ts';
import { DATABASE_VERSION, openIndexedDb } from './indexeddb-open.ts';
import { peekIndexedDb } from './indexeddb-peek.ts';
import { probeConnection } from './probe.ts';

/** The database of the app (durability 3.1): a name of our own, so that nobody else on the origin shares it (F63). */
export const DATABASE_NAME = 'hl7-workbench';

/**
 * Keeps everything in IndexedDB, through `idb`. Writes are strict and acknowledged on `complete`; the database is never
 * deleted, whatever state it is in.
 *
 * Each `open()` makes a connection of its own: only the owner (owner.ts) calls it (F15).
 *
 * @param options  `version` is that of another build, for tests of old beside new
 */
export function createIndexedDbEngine(
  environment: Environment,
  name: string = DATABASE_NAME,
  { version = DATABASE_VERSION }: { version?: number } = {},
): Engine {
  return {
    name: 'indexeddb',
    durability: 'strict',
    open: () => openIndexedDb(environment, { name, version }),
    peek: () => peekIndexedDb(environment, name),
    probe: (connection) => probeConnection(connection, environment.newId()),
  };
}

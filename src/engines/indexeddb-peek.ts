import { type IDBPDatabase, wrap } from 'idb';
import type { Environment } from '../environment.ts';
import { classify } from './classify.ts';
import type { Connection } from './contract.ts';
import { StorageError } from './errors.ts';
import { connectIndexedDb } from './indexeddb-connection.ts';

/**
 * Opens a database at whatever version it has, to be looked at. One that is not there is not made: the upgrade that
 * would make it is aborted.
 *
 * @throws StorageError
 */
export async function peekIndexedDb(environment: Environment, name: string): Promise<Connection> {
  const { clock } = environment;
  try {
    const factory = environment.indexedDB?.();
    if (!factory) throw new StorageError('denied', 'Storage is not available here');
    const opening = factory.open(name);
    opening.addEventListener('upgradeneeded', () => opening.transaction?.abort());
    return connectIndexedDb((await wrap(opening)) as IDBPDatabase<unknown>, { clock, factory });
  } catch (error) {
    throw classify('open', error);
  }
}

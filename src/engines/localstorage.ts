import type { Environment } from '../environment.ts';
import { classify } from './classify.ts';
import type { Engine, Opening } from './contract.ts';
import { StorageError } from './errors.ts';
import { connectLocalStorage } from './localstorage-connection.ts';
import { namesFor, STRUCTURE } from './localstorage-keys.ts';
import { recover } from './localstorage-recover.ts';
import { probeConnection } from './probe.ts';
import { accessTextStore } from './text-store.ts';

/** A lock that is not given after this long: another tab is frozen with it. */
const OPEN_DEADLINE_MS = 5_000;

/**
 * Keeps everything in localStorage, where IndexedDB is provably unusable (durability 3.9). There are no transactions and
 * no compare between tabs, so each batch holds an exclusive Web Lock and goes through a framed slot; without locks it is
 * `denied` (F58).
 *
 * A write is acknowledged when localStorage has it. Nothing there can ask for a flush, and Chromium writes it down about once a
 * minute: the app has to say that the newest saves are not safe from a killed browser (docs/decisions/0005).
 */
export function createLocalStorageEngine(environment: Environment, prefix = 'hl7-workbench'): Engine {
  return {
    name: 'localstorage',
    durability: 'eventual',
    async open() {
      const { locks, clock } = environment;
      if (!locks) return { kind: 'denied', error: new StorageError('denied', 'There are no Web Locks here') };
      const giveUp = new AbortController();
      const timer = clock.setTimeout(() => giveUp.abort(), OPEN_DEADLINE_MS);
      try {
        return await locks.request(prefix, { signal: giveUp.signal }, () =>
          openUnderLock(environment, locks, prefix),
        );
      } catch (cause) {
        return {
          kind: 'broken',
          error: new StorageError('blocked', 'Another tab does not let go', { cause }),
        };
      } finally {
        clock.clearTimeout(timer);
      }
    },
    probe: (connection) => probeConnection(connection, environment.newId()),
  };
}

/** Never throws: what is thrown inside would look like a lock that was not given. */
function openUnderLock(environment: Environment, locks: LockManager, prefix: string): Opening {
  const names = namesFor(prefix);
  try {
    const store = accessTextStore(environment);
    const marker = store.get(names.marker);
    if (marker !== null && !/^[1-9]\d*$/.test(marker)) {
      return { kind: 'broken', error: new StorageError('corrupt', 'The marker of the storage is damaged') };
    }
    if (Number(marker) > STRUCTURE) return { kind: 'newer' };
    const recoverNow = () => recover(store, names, new Date(environment.now()).toISOString());
    recoverNow();
    const created = marker === null && !store.names().some(names.isValue);
    if (marker === null) store.set(names.marker, String(STRUCTURE));
    return {
      kind: 'open',
      connection: connectLocalStorage({ store, names, locks, prefix, recover: recoverNow }),
      created,
    };
  } catch (error) {
    return refusal(classify('open', error));
  }
}

const refusal = (error: StorageError): Opening => ({
  kind: error.class === 'denied' ? 'denied' : 'broken',
  error,
});

import { type IDBPDatabase, wrap } from 'idb';
import type { Clock, Environment } from '../environment.ts';
import { classify } from './classify.ts';
import { type Connection, KINDS, type Opening } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { StorageError } from './errors.ts';
import { connectIndexedDb } from './indexeddb-connection.ts';

/** The structure of the database, not of the records in it: those carry their own versions. */
export const DATABASE_VERSION = 1;
/** An open that is neither answered nor blocked after this long hangs (F10). */
export const OPEN_DEADLINE_MS = 5_000;
/** How long another tab may hold an older version before we stop waiting; the person can ask again. */
export const BLOCKED_DEADLINE_MS = 60_000;
/** `databases()` only looks; it must not cost the visit when it hangs. */
const LOOK_DEADLINE_MS = 1_000;

interface Database {
  name: string;
  version: number;
}

/**
 * Opens the database, or says why not. Never rejects, never deletes, always ends within `OPEN_DEADLINE_MS` after the
 * first look.
 */
export async function openIndexedDb(environment: Environment, database: Database): Promise<Opening> {
  let factory: IDBFactory | undefined;
  try {
    factory = environment.indexedDB?.();
  } catch (error) {
    return { kind: 'denied', error: denied(error) };
  }
  if (!factory) return { kind: 'denied', error: denied(undefined) };

  // On a damaged store this call fails once, and then open() gives an empty database without a word: it is the only
  // warning there is (F42).
  const warning = await look(factory, environment.clock);
  const opening = await request(factory, database, environment.clock);
  return warning && opening.kind === 'open' ? { ...opening, warning } : opening;
}

const denied = (cause: unknown) => new StorageError('denied', 'Storage is not available here', { cause });

async function look(factory: IDBFactory, clock: Clock): Promise<StorageError | undefined> {
  // Firefox before 126 has no databases().
  if (typeof factory.databases !== 'function') return undefined;
  try {
    await withDeadline<unknown>(clock, factory.databases(), LOOK_DEADLINE_MS, () => undefined);
    return undefined;
  } catch (error) {
    return classify('open', error);
  }
}

function request(factory: IDBFactory, { name, version }: Database, clock: Clock): Promise<Opening> {
  return new Promise<Opening>((answer) => {
    let gaveUp = false;
    let created = false;
    let settleUnblocked:
      | { resolve(connection: Connection): void; reject(error: StorageError): void }
      | undefined;

    const giveUp = () => {
      gaveUp = true;
      const error = new StorageError('blocked', 'The database did not open in time');
      answer({ kind: 'broken', error });
      settleUnblocked?.reject(error);
    };
    let timer = clock.setTimeout(giveUp, OPEN_DEADLINE_MS);

    const fail = (cause: unknown) => {
      clock.clearTimeout(timer);
      const error = classify('open', cause);
      answer(refusal(error));
      settleUnblocked?.reject(error);
    };

    const succeed = (db: IDBPDatabase<unknown>) => {
      // Nobody waits for this connection any more, and left open it would block other tabs (F06).
      if (gaveUp) return db.close();
      clock.clearTimeout(timer);
      if (!KINDS.every((kind) => db.objectStoreNames.contains(kind))) {
        db.close();
        return fail(new StorageError('corrupt', 'The database lacks some of its object stores'));
      }
      const connection = connectIndexedDb(db, { clock, factory });
      answer({ kind: 'open', connection, created });
      settleUnblocked?.resolve(connection);
    };

    try {
      const opening = factory.open(name, version);
      opening.addEventListener('upgradeneeded', (event) => {
        if (gaveUp) return opening.transaction?.abort();
        created = event.oldVersion === 0;
        const db = opening.result;
        for (const kind of KINDS) if (!db.objectStoreNames.contains(kind)) db.createObjectStore(kind);
      });
      opening.addEventListener('blocked', () => {
        clock.clearTimeout(timer);
        timer = clock.setTimeout(giveUp, BLOCKED_DEADLINE_MS);
        const unblocked = new Promise<Connection>((resolve, reject) => {
          settleUnblocked = { resolve, reject };
        });
        // Whoever does not wait for it must not be told of its end as an unhandled rejection.
        unblocked.catch(() => {});
        answer({ kind: 'blocked', unblocked });
      });
      // idb's type also covers requests to delete, which have no result; this one always has.
      wrap(opening).then((db) => succeed(db as IDBPDatabase<unknown>), fail);
    } catch (error) {
      fail(error);
    }
  });
}

function refusal(error: StorageError): Opening {
  if (error.class === 'newer') return { kind: 'newer' };
  if (error.class === 'denied') return { kind: 'denied', error };
  return { kind: 'broken', error };
}

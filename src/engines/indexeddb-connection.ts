import { type IDBPDatabase, unwrap } from 'idb';
import type { Clock } from '../environment.ts';
import type { Connection, Kind, Lost, LostListener, Write, Writer } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { StorageError } from './errors.ts';
import { type Transaction, transact } from './indexeddb-transaction.ts';

/** An empty transaction that is not answered after this long: nobody is there. */
const ANSWER_DEADLINE_MS = 5_000;
/** So long a newer tab waits for what is edited here; held open longer, we would block its upgrade (F07). */
const PARTING_DEADLINE_MS = 3_000;

/** Makes a connection of an open database, and listens to what becomes of it. */
export function connectIndexedDb(
  db: IDBPDatabase<unknown>,
  { clock, factory }: { clock: Clock; factory: IDBFactory },
): Connection {
  const raw = unwrap(db);
  const listeners = new Set<LostListener>();
  let lost: Lost | undefined;

  /** @returns what listeners still have to do */
  const lose = (why: Lost): Promise<unknown>[] => {
    if (lost) return [];
    lost = why;
    return [...listeners].map((listener) => listener(why)).filter((parting) => parting instanceof Promise);
  };

  raw.addEventListener('versionchange', (event) => {
    let partings: Promise<unknown>[] = [];
    try {
      // Listeners first: what they write now is still committed before the connection closes.
      partings = lose(event.newVersion === null ? 'vanished' : 'superseded');
    } finally {
      if (partings.length === 0) raw.close();
      else {
        const parted = Promise.allSettled(partings);
        void withDeadline<unknown>(clock, parted, PARTING_DEADLINE_MS, () => undefined).then(() =>
          raw.close(),
        );
      }
    }
  });
  // The browser closed it: site data was cleared, or the backing store failed (F12).
  raw.addEventListener('close', async () => lose((await isGone(factory, db.name)) ? 'vanished' : 'closed'));

  /** A connection that answers an empty transaction is alive: it reads no data, so damaged data cannot fail it. */
  const answers = (): Promise<boolean> => {
    const { done } = transact(db, { kinds: ['head'], mode: 'readonly', body: async () => true });
    return withDeadline(
      clock,
      done.catch(() => false),
      ANSWER_DEADLINE_MS,
      () => false,
    );
  };

  /**
   * UnknownError is both "this value cannot be read" and "the server is gone" (WebKit), and the two need opposite
   * answers: the first must not reopen, since in Chromium the next open may wipe the origin (durability 3.11).
   *
   * A lost connection aborts what it was asked to commit, though it may have landed: only the answer is sure to be gone.
   */
  const settle = async <T>(transaction: Transaction<T>, isUncertain: boolean): Promise<T> => {
    const outcome = await Promise.allSettled([transaction.done]);
    if (transaction.isDoubtful() && !(await answers())) {
      throw new StorageError('connection', 'The connection was lost', {
        platformName: 'UnknownError',
        isUncertain,
      });
    }
    if (outcome[0].status === 'rejected') throw outcome[0].reason;
    return outcome[0].value;
  };

  return {
    read: (kinds, body) => settle(transact(db, { kinds, mode: 'readonly', body }), false),
    write<T>(kinds: readonly Kind[], body: (writer: Writer) => Promise<T>): Write<T> {
      const transaction = transact(db, { kinds, mode: 'readwrite', body });
      const done = settle(transaction, true);
      return {
        done,
        async abort() {
          const how = await transaction.abort();
          // The abort of a connection that was lost proves nothing: its server may have committed. Silence, then.
          const isProof = how === 'landed' || !transaction.isDoubtful() || (await answers());
          return isProof ? how : new Promise<never>(() => {});
        },
      };
    },
    onLost(listener) {
      if (lost) {
        const why = lost;
        queueMicrotask(() => void listener(why));
      } else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      raw.close();
    },
  };
}

async function isGone(factory: IDBFactory, name: string): Promise<boolean> {
  try {
    return !(await factory.databases()).some((info) => info.name === name);
  } catch {
    return false;
  }
}

import { type IDBPDatabase, unwrap } from 'idb';
import { classify, nameOf } from './classify.ts';
import type { Kind, Write, Writer } from './contract.ts';
import { StorageError } from './errors.ts';
import { writerOf } from './indexeddb-writer.ts';

export interface Transaction<T> extends Write<T> {
  /** Something failed with UnknownError, which does not say whether a value or the connection is lost. */
  isDoubtful(): boolean;
}

interface Work<T> {
  kinds: readonly Kind[];
  mode: 'readonly' | 'readwrite';
  body: (writer: Writer) => Promise<T>;
}

/**
 * Runs a body in one transaction. Only the transaction's own `complete` and `abort` events decide what became of it:
 * a request's success can still be followed by an abort (F19), and after an abort no request need ever settle.
 * (`tx.done` of idb is not that: it also rejects on the error of a single request.)
 */
export function transact<T>(db: IDBPDatabase<unknown>, { kinds, mode, body }: Work<T>): Transaction<T> {
  let doubtful = false;
  let hasUnreadable = false;
  const doubt = (error: unknown) => {
    hasUnreadable = true;
    doubtful ||= nameOf(error) === 'UnknownError';
  };

  let tx: ReturnType<typeof begin>;
  try {
    tx = begin(db, kinds, mode);
  } catch (error) {
    const done = Promise.reject(classify('begin', error));
    return { done, abort: async () => 'aborted', isDoubtful: () => false };
  }
  tx.done.catch(() => {});
  const raw = unwrap(tx);

  const ended = new Promise<'landed' | 'aborted'>((resolve) => {
    raw.addEventListener('complete', () => resolve('landed'));
    raw.addEventListener('abort', () => resolve('aborted'));
  });

  let cause: { error: unknown } | undefined;
  const giveUp = (error: unknown) => {
    try {
      raw.abort();
      cause = { error };
    } catch {
      // It has ended, or is ending, for a reason of its own; that reason is the true one.
    }
  };

  let outcome: { value: T } | { error: unknown } | undefined;
  const result = Promise.resolve(writerOf(tx, { doubt, refuse: giveUp })).then(body);
  result.then(
    (value) => {
      outcome = { value };
    },
    (error) => {
      outcome = { error };
      giveUp(error);
    },
  );

  const decide = (how: 'landed' | 'aborted'): T | Promise<T> => {
    if (how === 'aborted') {
      if (cause) throw cause.error;
      // A side file is missing: Chromium aborts the read at its end, though the error was handled and all else answered.
      if (mode === 'readonly' && hasUnreadable && outcome && 'value' in outcome) return outcome.value;
      doubt(raw.error);
      throw classify('commit', raw.error);
    }
    if (mode === 'readonly') return result;
    if (outcome && 'value' in outcome) return outcome.value;
    throw new StorageError(
      'programmer',
      'The body awaited something foreign, and the transaction committed early',
      {
        cause: outcome?.error,
        isUncertain: true,
      },
    );
  };

  return {
    done: ended.then(decide),
    abort() {
      giveUp(new StorageError('transient', 'The transaction was given up'));
      return ended;
    },
    isDoubtful: () => doubtful,
  };
}

function begin(db: IDBPDatabase<unknown>, kinds: readonly Kind[], mode: 'readonly' | 'readwrite') {
  // Relaxed is the default of all browsers: after a power cut the newest commits would be gone (F20).
  return db.transaction<Kind[], 'readonly' | 'readwrite'>([...kinds], mode, { durability: 'strict' });
}

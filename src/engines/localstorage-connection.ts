import { classify } from './classify.ts';
import type { Connection, Key, Lost } from './contract.ts';
import { StorageError } from './errors.ts';
import { bytesOfText, textOfBytes } from './latin1.ts';
import { commitBatch, pendingIn } from './localstorage-batch.ts';
import { type Names, STRUCTURE } from './localstorage-keys.ts';
import { type Base, stage, stagedWrite } from './staged.ts';
import type { TextStore } from './text-store.ts';

interface Parts {
  store: TextStore;
  names: Names;
  locks: LockManager;
  /** Also the name of the lock. */
  prefix: string;
  /** Ends what another tab left in a slot when it crashed. */
  recover(): void;
}

export function connectLocalStorage({ store, names, locks, prefix, recover }: Parts): Connection {
  const listeners = new Set<(why: Lost) => void>();
  let isClosed = false;
  let lost: Lost | undefined;

  const lose = (why: Lost): StorageError => {
    if (!lost) {
      lost = why;
      for (const listener of listeners) listener(why);
    }
    return new StorageError(why === 'superseded' ? 'newer' : 'vanished', `The data was ${why}`);
  };

  /** Nothing tells us when the storage is emptied or taken over underneath us: each use looks. */
  const check = () => {
    if (isClosed)
      throw new StorageError('connection', 'The connection is closed', { platformName: 'InvalidStateError' });
    const marker = store.get(names.marker);
    if (marker === null) throw lose('vanished');
    if (Number(marker) > STRUCTURE) throw lose('superseded');
  };

  const base: Base = {
    get(kind, key) {
      const text = store.get(names.of(kind, key));
      return text === null ? undefined : (bytesOfText(text) ?? text);
    },
    keys: (kind) =>
      store.names().flatMap((name): Key[] => {
        const key = names.keyOf(kind, name);
        return key === undefined ? [] : [key];
      }),
  };

  /** @throws the task's own error; a StorageError when the lock itself was refused */
  const locked = async <T>(mode: LockMode, task: () => Promise<T>): Promise<T> => {
    let began = false;
    try {
      return await locks.request(prefix, { mode }, () => {
        began = true;
        check();
        return task();
      });
    } catch (error) {
      throw began ? error : classify('begin', error);
    }
  };
  const exclusive = <T>(task: () => Promise<T>): Promise<T> =>
    locked('exclusive', () => {
      recover();
      return task();
    });

  return {
    async read(kinds, body) {
      const whole = () => body(stage(base, kinds).writer);
      // A sound slot means that a tab crashed in the middle of a batch: what lies here now is neither old nor new.
      const result = await locked('shared', async () => {
        const isHalf = pendingIn(store, names).some(({ kind }) => kind === 'sound');
        return isHalf ? undefined : { value: await whole() };
      });
      return result ? result.value : exclusive(whole);
    },
    write: (kinds, body) =>
      stagedWrite(
        {
          base,
          exclusive,
          commit(operations) {
            const changes = operations.map(({ kind, key, value }) => ({
              name: names.of(kind, key),
              text: value ? textOfBytes(value) : null,
            }));
            commitBatch(store, names, changes);
          },
        },
        kinds,
        body,
      ),
    onLost(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      isClosed = true;
      listeners.clear();
    },
  };
}

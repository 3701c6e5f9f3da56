import { classify } from './classify.ts';
import {
  type Entry,
  type Key,
  type KeyRange,
  KINDS,
  type Kind,
  type Write,
  type Writer,
} from './contract.ts';
import { StorageError } from './errors.ts';
import { compareKeys, isWithin } from './keys.ts';

/** Committed values, for engines without transactions of their own. */
export interface Base {
  get(kind: Kind, key: Key): unknown;
  /** In any order. */
  keys(kind: Kind): readonly Key[];
}

/** `value` undefined: delete. */
export interface Operation {
  kind: Kind;
  key: Key;
  value: Uint8Array | undefined;
}

export interface Staged {
  writer: Writer;
  /** What the body asked for, last word per key. @throws StorageError when one of its writes was refused */
  operations(): Operation[];
}

const idOf = (kind: Kind, key: Key) => JSON.stringify([kind, key]);

/** A transaction that is only noted down: reads see its own writes, and nothing is stored before all of it is known. */
export function stage(base: Base, kinds: readonly Kind[]): Staged {
  const noted = new Map<string, Operation>();
  let refused: StorageError | undefined;

  const refuse = (platformName: string, message: string) => {
    refused ??= new StorageError('programmer', message, { platformName });
    return refused;
  };
  const check = (kind: Kind) => {
    if (!kinds.includes(kind)) throw refuse('NotFoundError', `No ${kind} in this transaction`);
  };
  const read = (kind: Kind, key: Key): unknown => {
    const own = noted.get(idOf(kind, key));
    return own ? own.value?.slice() : base.get(kind, key);
  };
  const note = (kind: Kind, key: Key, value: Uint8Array | undefined) => {
    noted.set(idOf(kind, key), { kind, key, value });
  };
  const keys = (kind: Kind, range?: KeyRange): Key[] => {
    check(kind);
    const found = base.keys(kind).filter((key) => !noted.has(idOf(kind, key)));
    for (const operation of noted.values())
      if (operation.kind === kind && operation.value) found.push(operation.key);
    return found.filter((key) => isWithin(range, key)).sort(compareKeys);
  };
  const entry = (kind: Kind, key: Key): Entry => {
    try {
      return { key, value: read(kind, key) };
    } catch (error) {
      return { key, error: classify('read', error) };
    }
  };

  const writer: Writer = {
    async get(kind, key) {
      check(kind);
      return read(kind, key);
    },
    entries: async (kind, range) => keys(kind, range).map((key) => entry(kind, key)),
    keys: async (kind, range) => keys(kind, range),
    add(kind, key, value) {
      check(kind);
      if (keys(kind, { from: key, to: key }).length > 0) refuse('ConstraintError', 'The key is taken');
      else note(kind, key, value.slice());
    },
    put(kind, key, value) {
      check(kind);
      note(kind, key, value.slice());
    },
    delete(kind, key) {
      check(kind);
      note(kind, key, undefined);
    },
  };
  return {
    writer,
    operations() {
      if (refused) throw refused;
      return [...noted.values()].sort((left, right) => KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind));
    },
  };
}

export interface StagedStore {
  base: Base;
  /** Runs tasks that write one after the other, whoever started them. */
  exclusive<T>(task: () => Promise<T>): Promise<T>;
  /** Stores all operations or none, synchronously. @throws StorageError; when it `isUncertain`, they may still land */
  commit(operations: readonly Operation[]): void;
}

/** Runs a body on a staged transaction and commits what it noted. Giving up before the commit proves that nothing landed. */
export function stagedWrite<T>(
  store: StagedStore,
  kinds: readonly Kind[],
  body: (writer: Writer) => Promise<T>,
): Write<T> {
  let phase: 'open' | 'given up' | 'landed' | 'unknown' = 'open';
  let giveUp = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(new StorageError('transient', 'The transaction was given up'));
  });

  const isGivenUp = () => phase === 'given up';

  const work = store.exclusive(async () => {
    if (isGivenUp()) return gaveUp;
    const staged = stage(store.base, kinds);
    const result = await Promise.race([body(staged.writer), gaveUp]);
    // The race may have been decided just before we gave up, and "aborted" has been promised since.
    if (isGivenUp()) return gaveUp;
    const operations = staged.operations();
    try {
      store.commit(operations);
    } catch (error) {
      if (error instanceof StorageError && error.isUncertain) phase = 'unknown';
      throw error;
    }
    phase = 'landed';
    return result;
  });

  return {
    done: Promise.race([work, gaveUp]),
    async abort() {
      if (phase === 'landed') return 'landed';
      if (phase === 'unknown') return new Promise<never>(() => {});
      phase = 'given up';
      giveUp();
      return 'aborted';
    },
  };
}

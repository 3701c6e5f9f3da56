import type { Engine, Lost, Opening } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';

/** An engine that opens only while it may. */
export interface Gate {
  readonly engine: Engine;
  /** The page is going, perhaps into the back/forward cache: who wants to open waits until it is back (F11, F60). */
  shut(): void;
  open(): void;
  /** The data vanished or belongs to a newer build: opening again would make an empty database in its place (F12). */
  end(why: Exclude<Lost, 'closed'>): void;
  /** Someone decided that it may be opened all the same. */
  renew(): void;
}

export function createGate(engine: Engine): Gate {
  let ended: Exclude<Lost, 'closed'> | null = null;
  let shut: { promise: Promise<void>; open(): void } | null = null;

  const open = async (): Promise<Opening> => {
    await shut?.promise;
    if (ended === 'superseded') return { kind: 'newer' };
    if (ended === 'vanished')
      return { kind: 'broken', error: new StorageError('vanished', 'The data was deleted meanwhile') };
    return engine.open();
  };

  return {
    engine: { ...engine, open },
    shut() {
      if (shut) return;
      let release = () => {};
      const promise = new Promise<void>((resolve) => {
        release = resolve;
      });
      shut = { promise, open: release };
    },
    open() {
      shut?.open();
      shut = null;
    },
    end(why) {
      ended = why;
    },
    renew() {
      ended = null;
    },
  };
}

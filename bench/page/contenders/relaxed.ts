import type { Contender } from '../contender.ts';
import { ours } from './ours.ts';

/** Ours, without the flush to the disk: what strictness costs. Nothing in the product can ask for this. */
export const relaxed: Contender = {
  open() {
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, names, mode) {
      return begin.call(this, names, mode, { durability: 'relaxed' });
    };
    return ours.open();
  },
};

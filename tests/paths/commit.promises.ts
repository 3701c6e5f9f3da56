import type { PromiseRow } from './kit/model.ts';

/** Nobody is asked while a commit is under way, and nobody can stop it half way. */
export const commitPromises: readonly PromiseRow[] = [
  'writing',
  'aborting',
  'confirming',
  'reopening',
  'backingOff',
  'makingRoom',
].map((state) => ({ in: state, can: [], cannot: ['CANCEL', 'CLOSE', 'DEFER', 'RETRY'] }));

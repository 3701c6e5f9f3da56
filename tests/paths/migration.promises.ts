import type { PromiseRow } from './kit/model.ts';

const CODES = ['notPlanned', 'notConverted', 'notChecked', 'stuck', 'unfaithful', 'notWritten', 'unsure'];

/** Nobody is asked while the update runs; where it halts, there is a way to look around in the old shape. */
export const migrationPromises: readonly PromiseRow[] = [
  ...['planning', 'converting', 'checking', 'committing'].map((state) => ({
    in: state,
    can: [],
    cannot: ['RETRY', 'DEFER', 'CANCEL'],
  })),
  {
    in: 'halted',
    can: ['RETRY', 'DEFER'],
    cannot: ['CONFIRM'],
    tells: ({ code }) => CODES.includes(code),
  },
];

import type { PromiseRow } from './kit/model.ts';

/** What a person can do whatever has become of the storage, and that nobody writes for them. */
export const persistencePromises: readonly PromiseRow[] = [
  { in: 'opening', can: [], cannot: ['CLOSE', 'WRITE_BACK', 'START_EMPTY'] },
  { in: 'loading', can: [], cannot: ['CLOSE', 'WRITE_BACK', 'START_EMPTY'] },
  { in: 'starting', can: [], cannot: ['CLOSE', 'WRITE_BACK', 'START_EMPTY'] },
  { in: 'ready', can: ['CLOSE'], cannot: ['WRITE_BACK', 'START_EMPTY', 'REVIEW', 'RETRY'] },
  {
    in: 'readOnly',
    can: ['REVIEW', 'CLOSE'],
    cannot: ['WRITE_BACK', 'START_EMPTY'],
    tells: ({ code }) => ['notOpened', 'notLoaded', 'superseded', 'broken'].includes(code),
  },
  { in: 'handingOver', can: [], cannot: ['REVIEW', 'WRITE_BACK'] },
  {
    in: 'superseded',
    can: ['DEFER'],
    // Nothing that writes: the newer version has the database now.
    cannot: ['WRITE_BACK', 'START_EMPTY', 'RETRY', 'REVIEW'],
    tells: ({ code, isAllSaved }) => code === 'superseded' && typeof isAllSaved === 'boolean',
  },
  {
    in: 'lost',
    can: ['WRITE_BACK', 'START_EMPTY', 'DEFER'],
    cannot: ['RETRY', 'REVIEW'],
    tells: ({ code }) => ['vanished', 'notWrittenBack', 'notReopened'].includes(code),
  },
  { in: 'preparing', can: [], cannot: ['START_EMPTY', 'WRITE_BACK', 'DEFER'] },
  { in: 'writingBack', can: [], cannot: ['START_EMPTY', 'WRITE_BACK', 'DEFER'] },
  {
    in: 'failed',
    can: ['RETRY', 'DEFER'],
    cannot: ['START_EMPTY', 'WRITE_BACK'],
    tells: ({ code, class: errorClass }) => code === 'broken' && typeof errorClass === 'string',
  },
];

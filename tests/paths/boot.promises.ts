import type { PromiseRow } from './kit/model.ts';

/** What a person can do when the storage does not open, and that nobody decides for them. */
export const bootPromises: readonly PromiseRow[] = [
  { in: 'opening', can: [], cannot: ['RETRY', 'USE_FALLBACK', 'DEFER'] },
  { in: 'backingOff', can: [], cannot: ['RETRY', 'USE_FALLBACK', 'DEFER'] },
  { in: 'probing', can: [], cannot: ['RETRY', 'USE_FALLBACK', 'DEFER'] },
  {
    in: 'blocked',
    can: ['ASK_OTHER_TABS', 'DEFER'],
    cannot: ['USE_FALLBACK', 'RETRY'],
    tells: ({ code }) => code === 'blocked',
  },
  {
    in: 'unavailable',
    can: ['RETRY', 'USE_FALLBACK', 'DEFER'],
    cannot: ['ASK_OTHER_TABS'],
    tells: ({ code, class: errorClass, mayHoldData }) =>
      (code === 'notOpened' || code === 'notWritable') &&
      typeof errorClass === 'string' &&
      typeof mayHoldData === 'boolean',
  },
];

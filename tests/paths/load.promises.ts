import type { PromiseRow } from './kit/model.ts';

/** What a person can do at start-up when the data cannot be shown, and what they are told. */
export const loadPromises: readonly PromiseRow[] = [
  { in: 'reading', can: [], cannot: ['RETRY', 'DEFER', 'DOWNLOAD'] },
  { in: 'backingOff', can: [], cannot: ['RETRY', 'DEFER', 'DOWNLOAD'] },
  { in: 'migrating', can: [], cannot: ['RETRY', 'DEFER', 'DOWNLOAD'] },
  // What can be decided about damage and loss is offered by the child.
  {
    in: 'recovering',
    can: [],
    cannot: ['RETRY', 'DEFER', 'DOWNLOAD'],
    tells: ({ code }) => code === 'damaged' || code === 'vanished',
  },
  { in: 'verifying', can: [], cannot: ['RETRY', 'DEFER', 'DOWNLOAD'] },
  {
    in: 'tooNew',
    can: ['DEFER'],
    cannot: ['RETRY', 'DOWNLOAD'],
    tells: ({ code, found }) => code === 'newer' && found !== undefined,
  },
  {
    in: 'unavailable',
    when: ({ context }) => context.mayReopen,
    can: ['DOWNLOAD', 'RETRY', 'DEFER'],
    tells: ({ code }) => ['unreadable', 'uncheckable', 'damaged', 'vanished'].includes(code),
  },
  {
    // The next opening may cost what a living connection can still read: first the download.
    in: 'unavailable',
    when: ({ context }) => !context.mayReopen,
    can: ['DOWNLOAD', 'DEFER'],
    cannot: ['RETRY'],
    tells: ({ code }) => ['unreadable', 'uncheckable', 'damaged'].includes(code),
  },
];

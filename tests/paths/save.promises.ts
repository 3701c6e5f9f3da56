import type { PromiseRow } from './kit/model.ts';

const EDIT = { type: 'EDIT', data: { text: 'typed' }, commitId: 'typed' };
const SAVE = { type: 'SAVE', commitId: 'saved' };

/** No state takes the keyboard away, and none but a saved one can be closed. */
export const savePromises: readonly PromiseRow[] = [
  { in: 'clean', can: [EDIT, 'CLOSE'] },
  { in: 'refreshing', can: [EDIT], cannot: ['CLOSE'] },
  { in: 'edited', can: [EDIT, SAVE], cannot: ['CLOSE'] },
  {
    // The last chance before a page goes: what differs from the record is saved at once.
    in: 'edited',
    when: ({ context: { place, data, record } }) =>
      place === 'record' && JSON.stringify(data) !== JSON.stringify(record.data),
    can: ['page.hidden'],
  },
  { in: 'saving', can: [EDIT, SAVE], cannot: ['CLOSE'] },
  { in: 'backingOff', can: [EDIT, SAVE], cannot: ['CLOSE'] },
  {
    in: 'gaveUp',
    can: [EDIT, SAVE, 'storage.healed'],
    cannot: ['CLOSE'],
    tells: ({ code }) => ['conflicted', 'full', 'refused', 'unsure', 'failed'].includes(code),
  },
];

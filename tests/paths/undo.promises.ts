import type { PromiseRow } from './kit/model.ts';

/** What can be undone, and that nothing edited later is undone unasked. */
export const undoPromises: readonly PromiseRow[] = [
  {
    in: 'listening',
    when: ({ context }) => context.known.includes('edit'),
    can: [{ type: 'UNDO', id: 'edit', commitId: 'undo' }],
    cannot: [{ type: 'UNDO', id: 'of another vault', commitId: 'undo' }, 'CONFIRM', 'CANCEL'],
  },
  { in: 'checking', can: [], cannot: [{ type: 'UNDO', id: 'edit', commitId: 'again' }, 'CONFIRM'] },
  {
    in: 'asking',
    can: ['CONFIRM', 'CANCEL'],
    tells: ({ code, touched, left }) =>
      code === 'changedSince' && (touched as unknown[]).length > 0 && Number(left) > 0,
  },
  {
    in: 'reverting',
    can: [],
    cannot: ['CANCEL', 'CONFIRM', { type: 'UNDO', id: 'edit', commitId: 'again' }],
  },
];

import type { Conflict } from '../../machines/conflicts.types.ts';
import type { PromiseRow } from './kit/model.ts';

const has = (key: string) => (snapshot: { context: { conflicts: readonly Conflict[] } }) =>
  snapshot.context.conflicts.some((one) => one.key === key);
const choose = (key: string, decision: string) => ({ type: 'CHOOSE', key, decision });

/** Nothing is picked beforehand where both sides changed, and a person can always go back. */
export const conflictsPromises: readonly PromiseRow[] = [
  { in: 'comparing', can: [], cannot: ['APPLY', choose('halves', 'keep-first')] },
  { in: 'choosing', can: ['BACK', { type: 'CHOOSE_FOR_REST', decision: 'later' }] },
  {
    in: 'choosing',
    when: has('halves'),
    can: ['keep-first', 'keep-second', 'keep-both', 'later'].map((decision) => choose('halves', decision)),
    cannot: [
      choose('of another file', 'keep-first'),
      { type: 'PICK', key: 'halves', path: 'text', side: 'first' },
    ],
  },
  {
    in: 'choosing',
    when: ({ context }) => context.decisions.size === 0,
    can: [],
    // Nothing was said yet.
    cannot: ['APPLY'],
  },
  {
    in: 'choosing',
    when: ({ context }) => context.decisions.get('halves') === 'merge' && context.picks.size === 0,
    can: [],
    cannot: ['APPLY'],
  },
  {
    in: 'choosing',
    when: has('gone'),
    can: ['keep-first', 'keep-second', 'later'].map((decision) => choose('gone', decision)),
    cannot: [choose('gone', 'keep-both'), choose('gone', 'merge')],
  },
  {
    in: 'choosing',
    when: ({ context: { finding } }) => finding.code === 'uncompared',
    can: [],
    cannot: [choose('halves', 'merge'), choose('clear', 'merge')],
  },
  {
    in: 'choosing',
    can: [],
    tells: ({ code, faults, class: errorClass }) =>
      code === 'conflicting' ||
      (code === 'unsound' ? (faults as unknown[]).length > 0 : errorClass !== undefined),
  },
  { in: 'checking', can: [], cannot: ['APPLY', 'BACK'] },
];

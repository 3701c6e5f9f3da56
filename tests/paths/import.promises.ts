import type { PromiseRow } from './kit/model.ts';

const SELECT = { type: 'SELECT', selection: {} };

/** Nothing is written before the last button, and nothing is asked about what is the same. */
export const importPromises: readonly PromiseRow[] = [
  { in: 'taking', can: [], cannot: ['CONTINUE', SELECT] },
  { in: 'planning', can: ['CANCEL', SELECT], cannot: ['CONTINUE'] },
  {
    in: 'previewing',
    can: [SELECT, 'CANCEL'],
    tells: ({ code }) => code === 'previewed' || code === 'undecided',
  },
  {
    in: 'previewing',
    when: ({ context: { preview } }) => preview.commit !== null && preview.plan.shrinking.length === 0,
    can: ['CONTINUE'],
  },
  {
    in: 'previewing',
    when: ({ context: { preview } }) => preview.plan.undecided > 0 && preview.plan.shrinking.length === 0,
    can: ['CONTINUE'],
  },
  {
    in: 'previewing',
    when: ({ context: { preview } }) => preview.commit === null && preview.plan.undecided === 0,
    can: [],
    cannot: ['CONTINUE'],
  },
  {
    in: 'previewing',
    // Records would go, and nobody agreed.
    when: ({ context: { preview, selection } }) => preview.plan.shrinking.length > 0 && !selection.isAgreed,
    can: [],
    cannot: ['CONTINUE'],
  },
  { in: 'resolving', can: [], cannot: ['CONTINUE', 'CANCEL', SELECT] },
  { in: 'committing', can: [], cannot: ['CANCEL', 'CLOSE', 'CONTINUE', SELECT] },
  {
    in: 'refused',
    can: ['CHOOSE_ANOTHER', 'CLOSE'],
    tells: ({ code }) =>
      ['nothing', 'nothingChosen', 'noRoom', 'notTaken', 'unplanned', 'notWritten', 'unsure'].includes(code),
  },
  { in: 'refused', when: ({ context }) => context.taken !== null, can: ['RETRY'] },
  {
    in: 'refused',
    when: ({ context }) => context.taken !== null && context.finding.code !== 'unsure',
    can: [SELECT],
  },
  { in: 'refused', when: ({ context }) => context.finding.code === 'unsure', can: [], cannot: [SELECT] },
  { in: 'refused', when: ({ context }) => context.taken === null, can: [], cannot: ['RETRY', SELECT] },
  {
    in: 'applied',
    can: ['UNDO', 'CLOSE'],
    cannot: ['CANCEL', 'CONTINUE'],
    tells: ({ code, id }) => code === 'applied' && id !== '',
  },
];

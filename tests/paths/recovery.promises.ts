import type { PromiseRow } from './kit/model.ts';

const hasFinding = { tells: ({ code }: { code: string }) => code !== 'asked' };

/** What a person can do about damage or loss; each of these choices keeps what is damaged. */
export const recoveryPromises: readonly PromiseRow[] = [
  { in: 'listing', can: [], cannot: ['DEFER', 'START_EMPTY', 'RESCUE', 'CONFIRM'] },
  {
    in: 'choosing',
    when: ({ context }) => context.finding.code !== 'asked',
    can: ['RETRY', 'START_EMPTY', 'DEFER'],
    // Nothing is offered that was not rebuilt and checked.
    cannot: [{ type: 'RESTORE', seq: 999 }, 'CONFIRM', 'CANCEL'],
    ...hasFinding,
  },
  {
    in: 'choosing',
    when: ({ context }) => context.points.length > 0,
    can: [{ type: 'RESTORE', seq: 2 }, 'DEFER'],
  },
  {
    in: 'choosing',
    when: ({ context }) => context.points.length === 0,
    can: ['DEFER'],
    cannot: [{ type: 'RESTORE', seq: 2 }],
  },
  {
    in: 'choosing',
    when: ({ context }) => context.finding.readable > 0,
    can: ['RESCUE'],
    tells: ({ damage, readable }) => (damage as unknown[]).length > 0 && Number(readable) > 0,
  },
  {
    in: 'choosing',
    when: ({ context }) => context.finding.code === 'vanished',
    can: [],
    cannot: ['RESCUE'],
    tells: ({ witness }) => (witness as { seq: number }).seq > 0,
  },
  {
    in: 'choosing',
    when: ({ context }) => context.finding.code === 'asked',
    can: ['DEFER'],
    cannot: ['START_EMPTY', 'RETRY', 'RESCUE'],
  },
  { in: 'scanning', can: [], cannot: ['CONFIRM', 'DEFER'] },
  {
    in: 'reviewingRescue',
    when: ({ context }) => context.rescue.readable.length > 0,
    can: ['CONFIRM', 'BACK'],
    cannot: ['START_EMPTY'],
  },
  { in: 'confirmingEmpty', can: ['CONFIRM', 'BACK'], ...hasFinding },
  { in: 'preparing', can: ['CANCEL'], cannot: ['CONFIRM', 'DEFER'] },
  {
    in: 'confirming',
    when: ({ context }) => context.recovery.replaced > 0,
    can: ['CONFIRM', 'BACK', 'CANCEL'],
    cannot: ['START_EMPTY'],
  },
  { in: 'committing', can: [], cannot: ['CANCEL', 'BACK', 'DEFER'] },
];

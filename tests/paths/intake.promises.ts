import type { PromiseRow } from './kit/model.ts';

const FILE = { type: 'FILE', file: new Blob([]) };
const UNLOCK = { type: 'UNLOCK', passphrase: 'any' };

/** A person can always leave or take another file, and is told why one is not taken. */
export const intakePromises: readonly PromiseRow[] = [
  { in: 'choosingFile', can: [FILE, 'CANCEL'], cannot: ['SALVAGE', UNLOCK, 'CHOOSE_ANOTHER'] },
  { in: 'checking', can: ['CANCEL'], cannot: [FILE, UNLOCK, 'SALVAGE'] },
  {
    in: 'locked',
    can: [UNLOCK, 'CHOOSE_ANOTHER', 'CANCEL'],
    cannot: ['SALVAGE'],
    tells: ({ code, isWrong, class: errorClass }) =>
      code === 'locked' ? typeof isWrong === 'boolean' : code === 'notUnlocked' && errorClass !== undefined,
  },
  { in: 'unlocking', can: [], cannot: [UNLOCK, FILE] },
  {
    in: 'refused',
    can: ['CHOOSE_ANOTHER', 'CANCEL'],
    tells: ({ code, refused, class: errorClass }) =>
      code === 'refused'
        ? typeof (refused as { advice: unknown }).advice === 'string'
        : code === 'unreadable' && errorClass !== undefined,
  },
  {
    in: 'refused',
    when: ({ context: { finding } }) => finding.code === 'refused' && finding.refused.salvage !== null,
    can: ['SALVAGE'],
  },
  {
    in: 'refused',
    when: ({ context: { finding } }) => finding.code !== 'refused' || finding.refused.salvage === null,
    can: [],
    cannot: ['SALVAGE'],
  },
];

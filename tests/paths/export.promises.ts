import type { PromiseRow } from './kit/model.ts';

const SET = { type: 'SET', settings: {} };
const open = (type: string) => ({ type, passphrase: null });
const sealed = (type: string) => ({ type, passphrase: 'any' });

/** Encrypted exactly where it was asked for, and nothing is called exported before it was read back. */
export const exportPromises: readonly PromiseRow[] = [
  { in: 'configuring', can: [SET, 'CANCEL'], cannot: ['RETRY', 'BACK'] },
  {
    in: 'configuring',
    when: ({ context: { settings } }) => settings.stores === null && !settings.isProtected,
    can: [open('EXPORT'), open('COPY')],
    cannot: [sealed('EXPORT'), sealed('COPY')],
  },
  {
    in: 'configuring',
    when: ({ context: { settings } }) => settings.stores === null && settings.isProtected,
    can: [sealed('EXPORT'), sealed('COPY')],
    cannot: [open('EXPORT'), open('COPY'), { type: 'EXPORT', passphrase: '' }],
  },
  {
    in: 'configuring',
    when: ({ context: { settings } }) => settings.stores?.length === 0,
    can: [],
    cannot: [open('EXPORT'), sealed('EXPORT'), open('COPY'), sealed('COPY')],
  },
  { in: 'building', can: ['CANCEL'], cannot: [open('EXPORT'), SET] },
  {
    in: 'failed',
    can: ['RETRY', 'BACK', 'CANCEL'],
    tells: ({ code, class: errorClass }) => code === 'mismatched' || errorClass !== undefined,
  },
];

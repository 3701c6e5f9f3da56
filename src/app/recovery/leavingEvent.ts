import type { RecoverySnapshot } from './step.ts';

const TO_THE_CHOICES = ['BACK', 'CANCEL', 'DEFER'] as const;
const OUT_OF_THE_DIALOG = ['CANCEL', 'BACK', 'DEFER'] as const;

/** What Esc means: the path on which nothing changes. At start-up first back to the choices, else out. */
export function leavingEvent(snapshot: RecoverySnapshot, isModal: boolean) {
  const order = isModal ? TO_THE_CHOICES : OUT_OF_THE_DIALOG;
  const type = order.find((possible) => snapshot.can({ type: possible }));
  return type ? { type } : null;
}

import { type SyntheticEvent, useEffect, useRef } from 'react';

/** A machine moved the dialog under typing hands: nothing can be chosen by accident for a moment (ux 3.2). */
const STILL_MS = 400;

/**
 * Takes every click and Enter away for a moment after each step.
 *
 * @param isMoved a machine brought the step up, not the person who is looking at it
 */
export function useStillness(step: string, isMoved: boolean) {
  const until = useRef(isMoved ? performance.now() + STILL_MS : 0);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    until.current = performance.now() + STILL_MS;
  }, [step]);
  const isStill = (): boolean => performance.now() < until.current;
  return {
    isStill,
    swallow(event: SyntheticEvent): void {
      if (!isStill()) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react';

interface OnDemandProps {
  /** The button as it is until it is used for the first time. */
  trigger: ReactElement<Record<string, unknown>>;
  popup: 'menu' | 'dialog';
  load: () => Promise<unknown>;
  /** The real thing with its own copy of the button; it opens by itself when it appears. */
  children: ReactNode;
}

/**
 * A button whose popup is fetched when it is first pointed at or focused, and takes over when it is first pressed.
 * So popups cost nothing at the start of the page, and the focus is never pulled from a button that is replaced.
 */
export function OnDemand({ trigger, popup, load, children }: OnDemandProps) {
  const [isUsed, setUsed] = useState(false);
  const fetchEarly = (): void => {
    load().catch(() => undefined);
  };
  const plain = cloneElement(trigger, {
    'aria-haspopup': popup,
    'aria-expanded': false,
    onPointerEnter: fetchEarly,
    onFocus: fetchEarly,
    onClick: () => setUsed(true),
  });
  return isUsed ? <Suspense fallback={plain}>{children}</Suspense> : plain;
}

import { type ComponentType, cloneElement, type ReactElement, useState } from 'react';

interface OnDemandProps<Props> {
  /** The button as it is until it is used for the first time. */
  trigger: ReactElement<Record<string, unknown>>;
  popup: 'menu' | 'dialog';
  /** Fetches the real thing, with its own copy of the button; it opens by itself when it appears. */
  load: () => Promise<ComponentType<Props>>;
  props: Props;
}

/**
 * A button whose popup is fetched when it is first pointed at or focused, and takes over when it is first pressed.
 * So popups cost nothing at the start of the page, and the focus is never pulled from a button that is replaced.
 *
 * Without Suspense: React holds back what follows a fallback for a third of a second, and a menu must not wait.
 */
export function OnDemand<Props extends object>({ trigger, popup, load, props }: OnDemandProps<Props>) {
  const [Popup, setPopup] = useState<ComponentType<Props> | null>(null);
  if (Popup) return <Popup {...props} />;
  const fetchEarly = (): void => {
    load().catch(() => undefined);
  };
  const open = (): void => {
    load().then(
      (loaded) => setPopup(() => loaded),
      () => undefined,
    );
  };
  return cloneElement(trigger, {
    'aria-haspopup': popup,
    'aria-expanded': false,
    onPointerEnter: fetchEarly,
    onFocus: fetchEarly,
    onClick: open,
  });
}

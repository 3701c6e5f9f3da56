import { useEffect, useRef, useState } from 'react';

const SHOW_AFTER_MS = 450;
const GAP_PX = 6;

/** Attribute of a control whose hint is shown on hover and on focus. */
export const TIP = 'data-tip';

interface Tip {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly isAbove: boolean;
}

/**
 * Shows the hints of all controls, one at a time. They repeat the accessible name, so they are hidden from screen
 * readers. Esc takes a hint away, and the pointer may move onto it (WCAG 1.4.13).
 */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: number | undefined;
    const hide = (): void => {
      window.clearTimeout(timer);
      setTip(null);
    };
    const showFor = (event: Event, afterMs: number): void => {
      if (layer.current?.contains(event.target as Node)) return;
      const control = event.target instanceof Element ? event.target.closest(`[${TIP}]`) : null;
      hide();
      if (!control || (event.type === 'focusin' && !control.matches(':focus-visible'))) return;
      timer = window.setTimeout(() => control.isConnected && setTip(tipOf(control)), afterMs);
    };
    const onPointer = (event: Event): void => showFor(event, SHOW_AFTER_MS);
    const onFocus = (event: Event): void => showFor(event, 0);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', onPointer);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', onKey);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('pointerover', onPointer);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  if (!tip) return null;
  return (
    <div
      ref={layer}
      aria-hidden="true"
      style={{ left: tip.left, top: tip.top, translate: tip.isAbove ? '-50% -100%' : '-50% 0' }}
      className="fixed z-60 max-w-64 rounded-md bg-foreground px-2 py-1 text-center text-xs text-background shadow-pop"
    >
      {tip.text}
    </div>
  );
}

function tipOf(control: Element): Tip {
  const box = control.getBoundingClientRect();
  const text = control.getAttribute(TIP) ?? '';
  const isAbove = box.bottom + 40 > window.innerHeight;
  // About half of the width of the hint, so that it stays inside of the page.
  const reach = Math.min(128, text.length * 3.4 + 10);
  const middle = box.left + box.width / 2;
  return {
    text,
    left: Math.max(reach, Math.min(window.innerWidth - reach, middle)),
    top: isAbove ? box.top - GAP_PX : box.bottom + GAP_PX,
    isAbove,
  };
}

import { useEffect, useRef } from 'react';

/**
 * Acts on a key: `'?'` or `'/'` outside text fields only, `'mod+s'`, `'mod+shift+c'` anywhere (mod is Ctrl, on Apple machines Cmd).
 *
 * Does nothing while a dialog is open: single keys must not act on a page that is not there (WCAG 2.1.4).
 */
export function useShortcut(key: string, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !matches(event, key)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [key]);
}

function matches(event: KeyboardEvent, key: string): boolean {
  const hasModifier = event.ctrlKey || event.metaKey;
  if (key.startsWith('mod+')) {
    const wanted = key.slice('mod+'.length).split('+');
    const isShifted = wanted.length > 1;
    return (
      hasModifier &&
      !event.altKey &&
      event.shiftKey === isShifted &&
      event.key.toLowerCase() === wanted.at(-1)
    );
  }
  if (hasModifier || event.altKey || event.key !== key) return false;
  return (
    !isInTextField(event.composedPath()[0]) &&
    !document.querySelector('[role="dialog"], [role="alertdialog"]')
  );
}

/** True where typed keys are text; looks into shadow roots, where the raw text lives. */
function isInTextField(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}

import { MAIN_ID } from '../ui/landmarks.ts';

/** Where the focus goes when a dialog is gone: what had it before, or else the heading of the page. */
export function returnTarget(before: Element | null): HTMLElement | null {
  if (before instanceof HTMLElement && before.isConnected && before !== document.body) return before;
  return document.querySelector<HTMLElement>('main h1[tabindex]') ?? document.getElementById(MAIN_ID);
}

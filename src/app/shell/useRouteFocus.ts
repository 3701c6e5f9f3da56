import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { MAIN_ID } from '../ui/landmarks.ts';

/** After a change of page the focus goes to its heading, so that reading goes on there and not at the top. */
export function useRouteFocus(): void {
  const [location] = useLocation();
  const before = useRef(location);
  useEffect(() => {
    const wasPage = before.current;
    before.current = location;
    if (wasPage === location || isSamePage(wasPage, location)) return;
    const heading = document.querySelector<HTMLElement>('main h1[tabindex]');
    (heading ?? document.getElementById(MAIN_ID))?.focus({ preventScroll: true });
  }, [location]);
}

/** A new template gets its own address while somebody types into it: that is no other page. */
function isSamePage(before: string, now: string): boolean {
  return before === '/templates/new' && now.startsWith('/templates/');
}

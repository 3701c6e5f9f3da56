import { expect, test } from 'vitest';
import { browserPage } from '../../../src/client/browserPage.ts';

test('[F59] [F60] the page says what is about to happen: leaving is not hidden, and only a return from the cache is one', () => {
  const heard: string[] = [];
  const page = browserPage(window);
  const stops = [
    page.onHidden(() => heard.push('hidden')),
    page.onLeaving(() => heard.push('leaving')),
    page.onShown(() => heard.push('shown')),
    page.onReturned(() => heard.push('returned')),
  ];
  const tell = () => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    window.dispatchEvent(new Event('focus'));
  };
  tell();
  expect(heard).toEqual(['leaving', 'returned', 'shown']);
  for (const stop of stops) stop();
  tell();
  expect(heard).toHaveLength(3);
});

import type { MessageDocument } from './messageDocument.ts';

/** A longer text is not handed on with every keystroke: each time costs a copy and a check of all of it. */
const AT_ONCE_LENGTH = 200_000;
const PAUSE_MS = 800;
const HUGE_LENGTH = 2_000_000;
const HUGE_PAUSE_MS = 3_000;

/**
 * Hands a document's text on whenever it changed: at once, or for a large text after a pause, and always before the
 * page is hidden.
 *
 * @returns how to hand on at once what waits, and how to stop
 */
export function followText(
  document: MessageDocument,
  take: (text: string) => void,
): { flush(): void; stop(): void } {
  let timer: number | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    window.clearTimeout(timer);
    timer = undefined;
    take(document.getSnapshot().text);
  };
  const stopFollowing = document.follow(({ changes }) => {
    if (changes.length === 0) return;
    const { text } = document.getSnapshot();
    if (text.length <= AT_ONCE_LENGTH && timer === undefined) return take(text);
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, text.length > HUGE_LENGTH ? HUGE_PAUSE_MS : PAUSE_MS);
  });
  const onHide = (): void => {
    if (window.document.visibilityState === 'hidden') flush();
  };
  window.addEventListener('pagehide', flush);
  window.document.addEventListener('visibilitychange', onHide);
  return {
    flush,
    stop() {
      flush();
      stopFollowing();
      window.removeEventListener('pagehide', flush);
      window.document.removeEventListener('visibilitychange', onHide);
    },
  };
}

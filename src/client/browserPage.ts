import type { PageLife } from '../environment.ts';

/** The life of a browser's page. `visibilitychange` is the last event that a phone is sure to give; `pagehide` the last on a desk. */
export function browserPage(window: Window): PageLife {
  const { document } = window;
  const on = (target: EventTarget, type: string, listener: (event: Event) => void) => {
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  };
  const onVisibility = (state: DocumentVisibilityState, task: () => void) =>
    on(document, 'visibilitychange', () => {
      if (document.visibilityState === state) task();
    });
  return {
    onHidden: (task) => onVisibility('hidden', task),
    onLeaving: (task) => on(window, 'pagehide', task),
    onShown(task) {
      const stops = [onVisibility('visible', task), on(window, 'focus', task)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    onReturned: (task) =>
      on(window, 'pageshow', (event) => {
        if ((event as PageTransitionEvent).persisted) task();
      }),
  };
}

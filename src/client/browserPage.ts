import type { PageLife } from '../environment.ts';

/** The life of a browser's page. `visibilitychange` is the last event that a phone is sure to give; `pagehide` the last on a desk. */
export function browserPage(window: Window): PageLife {
  const { document } = window;
  return {
    onHidden(task) {
      const onChange = () => {
        if (document.visibilityState === 'hidden') task();
      };
      document.addEventListener('visibilitychange', onChange);
      window.addEventListener('pagehide', task);
      return () => {
        document.removeEventListener('visibilitychange', onChange);
        window.removeEventListener('pagehide', task);
      };
    },
    onShown(task) {
      const onChange = () => {
        if (document.visibilityState === 'visible') task();
      };
      document.addEventListener('visibilitychange', onChange);
      window.addEventListener('pageshow', task);
      window.addEventListener('focus', task);
      return () => {
        document.removeEventListener('visibilitychange', onChange);
        window.removeEventListener('pageshow', task);
        window.removeEventListener('focus', task);
      };
    },
  };
}

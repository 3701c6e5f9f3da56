import { useEffect } from 'react';
import { usePersistence } from './context.ts';
import { useView } from './useView.ts';

/** The browser asks before the page goes exactly while something is tagged `unsaved`, and for no other reason. */
export function useUnloadGuard(): void {
  const tags = useView(usePersistence().tags);
  const isUnsaved = tags.some((each) => each.has('unsaved'));
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
}

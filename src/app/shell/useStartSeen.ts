import { useEffect } from 'react';
import { useLoad } from '../../react/index.ts';

/** Takes away the notice of a late start (index.html), once there is data or a question. */
export function useStartSeen(): void {
  const isStarted = useLoad().kind !== 'loading';
  useEffect(() => {
    if (isStarted) document.getElementById('late-start')?.remove();
  }, [isStarted]);
}

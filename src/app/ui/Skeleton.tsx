import { useEffect, useState } from 'react';
import { classNames } from './classNames.ts';

/** Below this, waiting is not worth showing; a flash of grey would be noise (ux M). */
const SHOW_AFTER_MS = 150;

/** True once something has been waited for longer than a blink. */
export function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), SHOW_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return isSlow;
}

/** A grey bar in place of a line of text. */
export function SkeletonBar({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('block h-3 rounded bg-muted motion-safe:animate-pulse', className)}
    />
  );
}

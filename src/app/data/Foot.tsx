import type { ReactNode } from 'react';

/** The buttons of a long dialog: always in sight, at its lower edge. */
export function Foot({ children }: { children: ReactNode }) {
  return (
    <div className="sticky -bottom-5 z-10 -mx-5 -mb-5 flex flex-wrap items-center justify-end gap-2 border-t border-border bg-popover px-5 py-3 sm:-mx-7 sm:-bottom-7 sm:-mb-7 sm:px-7">
      {children}
    </div>
  );
}

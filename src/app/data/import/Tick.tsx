import type { ReactNode } from 'react';

interface TickProps {
  isTicked: boolean;
  onTick: (isTicked: boolean) => void;
  children: ReactNode;
}

/** A box to tick, with its words. */
export function Tick({ isTicked, onTick, children }: TickProps) {
  return (
    <label className="flex min-h-7 items-center gap-2.5 rounded-md px-2 hover:bg-muted">
      <input
        type="checkbox"
        checked={isTicked}
        onChange={({ target }) => onTick(target.checked)}
        className="size-4 shrink-0 accent-primary"
      />
      <span className="min-w-0">{children}</span>
    </label>
  );
}

import type { ReactNode } from 'react';

/** The strip above a pane: its name at the left, its commands at the right. */
export function PaneHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-1 border-b border-border pr-1.5 pl-3">
      <h2 className="min-w-0 flex-1 truncate text-xs font-semibold text-muted-foreground">{title}</h2>
      {children}
    </div>
  );
}

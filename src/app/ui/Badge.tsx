import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';

const TONES = {
  plain: 'bg-muted text-muted-foreground',
  info: 'bg-info-soft text-info',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-destructive-soft text-destructive',
  placeholder: 'bg-placeholder-soft text-placeholder',
} as const;

export type BadgeTone = keyof typeof TONES;

/** A short label on a tinted ground. The words carry the meaning; the tint only helps the eye. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap tabular-nums [&_svg]:size-3',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

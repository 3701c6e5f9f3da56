import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';

const TONES = {
  info: 'border-info/30 bg-info-soft [&>svg]:text-info',
  warning: 'border-warning/40 bg-warning-soft [&>svg]:text-warning',
} as const;

interface BannerProps {
  tone?: keyof typeof TONES;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** `alert` once per episode for what cannot wait; otherwise polite. */
  role?: 'status' | 'alert';
}

/** A strip that waits to be looked at and never takes the focus. */
export function Banner({ tone = 'info', title, children, actions, role = 'status' }: BannerProps) {
  const Icon = tone === 'info' ? Info : TriangleAlert;
  return (
    <div
      className={classNames('flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2', TONES[tone])}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <p role={role} className="min-w-0 flex-1 basis-60 text-sm">
        {title && <strong className="font-semibold">{title} </strong>}
        {children}
      </p>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

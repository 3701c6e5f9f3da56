import { Circle, CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { type Status, usePersistenceStatus } from '../../react/index.ts';
import { classNames } from '../ui/classNames.ts';
import { Popover } from '../ui/Popover.tsx';
import { SkeletonBar } from '../ui/Skeleton.tsx';
import { say } from '../words/say.ts';
import { statusWords } from './statusWords.ts';

const StatusPopover = lazy(() => import('./StatusPopover.tsx'));

const TONES: Record<Status['tone'], string> = {
  amber: 'border-warning/50 bg-warning-soft text-warning',
  red: 'border-destructive/50 bg-destructive-soft text-destructive',
  blue: 'border-info/40 bg-info-soft text-info',
  grey: 'border-border bg-card text-muted-foreground',
  green: 'border-border bg-card text-foreground [&_svg]:text-success',
};

/** Whether the work is safe, and where (ux 4.2). Opens the details. */
export function StatusPill() {
  const status = usePersistenceStatus();
  const words = statusWords(status);
  return (
    <>
      <Popover
        title={words}
        className="w-[min(24rem,calc(100vw-1rem))]"
        trigger={
          <button
            type="button"
            aria-label={say('status.button', { status: words })}
            className={classNames(
              'inline-flex h-7 items-center gap-1.5 rounded-full border px-2 text-xs font-medium whitespace-nowrap transition-colors hover:brightness-97 lg:px-2.5 dark:hover:brightness-115',
              TONES[status.tone],
            )}
          >
            <PillIcon icon={status.icon} />
            <span className="hidden lg:inline">{words}</span>
          </button>
        }
      >
        {() => (
          <Suspense fallback={<SkeletonBar className="m-4 w-40" />}>
            <StatusPopover />
          </Suspense>
        )}
      </Popover>
      <StatusAnnouncement status={status} words={words} />
    </>
  );
}

function PillIcon({ icon }: { icon: Status['icon'] }) {
  switch (icon) {
    case 'warning':
      return <TriangleAlert aria-hidden="true" className="size-3.5" />;
    case 'spinner':
      return <LoaderCircle aria-hidden="true" className="size-3.5 motion-safe:animate-spin" />;
    case 'dot':
      return <Circle aria-hidden="true" className="size-3.5 scale-60 fill-current" />;
    case 'check':
      return <CircleCheck aria-hidden="true" className="size-3.5" />;
    case 'none':
      return null;
  }
}

/**
 * Live regions are mounted once and stay, so that what is put into them is heard, also behind a dialog (ux 3.2): only
 * what says `aria-live` is left exposed by one.
 */
function StatusAnnouncement({ status, words }: { status: Status; words: string }) {
  return (
    <>
      <span role="status" aria-live="polite" className="sr-only">
        {status.announce === 'polite' ? words : ''}
      </span>
      <span role="alert" aria-live="assertive" className="sr-only">
        {status.announce === 'assertive' ? words : ''}
      </span>
    </>
  );
}

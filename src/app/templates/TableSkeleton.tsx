import { SkeletonBar, useIsSlow } from '../ui/Skeleton.tsx';
import { say } from '../words/say.ts';

const ROWS = Array.from({ length: 8 }, (_, index) => index);

/** The list while it is being read: same row height, so that nothing jumps. Never an empty list (ux M). */
export function TableSkeleton() {
  const isSlow = useIsSlow();
  if (!isSlow) return null;
  return (
    <div aria-busy="true" className="rounded-lg border border-border bg-card">
      <p role="status" className="sr-only">
        {say('start.loading')}
      </p>
      <div className="h-9 border-b border-border" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-13 items-center gap-6 border-b border-border px-4 last:border-b-0">
          <SkeletonBar className="w-1/3" />
          <SkeletonBar className="w-20" />
          <SkeletonBar className="ml-auto w-24" />
        </div>
      ))}
    </div>
  );
}

import type { SideName } from './step.ts';

/** "This browser (edited today, 10:01)". */
export function SideHeading({ side }: { side: SideName }) {
  return (
    <span className="text-xs">
      <span className="font-medium">{side.name}</span>
      {side.when && (
        <span className="text-muted-foreground" title={side.exactly}>
          {' '}
          ({side.when})
        </span>
      )}
    </span>
  );
}

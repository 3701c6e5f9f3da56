import type { RestorePoint } from '../../../machines/recovery.types.ts';
import { countWords } from '../problem/countWords.ts';
import { VirtualRows } from '../problem/VirtualRows.tsx';
import { pointTime } from '../words/pointTime.ts';
import { sayProblem } from '../words/sayProblem.ts';

interface OtherPointsProps {
  points: readonly RestorePoint[];
  onChoose: (seq: number) => void;
}

/** The older backups, folded away: choosing one of them is the exception. */
export function OtherPoints({ points, onChoose }: OtherPointsProps) {
  const now = Date.now();
  return (
    <details className="mt-1 pl-11">
      <summary className="w-fit cursor-pointer rounded py-1 text-xs font-medium text-muted-foreground hover:text-foreground">
        {sayProblem('recovery.chooseAnother', { count: points.length })}
      </summary>
      <VirtualRows
        label={sayProblem('recovery.points')}
        items={points}
        keyOf={({ seq }) => seq}
        className="mt-1 max-h-48 rounded-lg border border-border"
      >
        {(point) => (
          <button
            type="button"
            onClick={() => onChoose(point.seq)}
            className="flex h-full w-full items-center gap-2 px-3 text-left text-sm hover:bg-muted"
          >
            <span className="shrink-0">{pointTime(Date.parse(point.at), now, { withSeconds: true })}</span>
            <span className="min-w-0 truncate text-xs text-muted-foreground">
              {[countWords(point.count), pinWords(point)].filter(Boolean).join(' · ')}
            </span>
          </button>
        )}
      </VirtualRows>
    </details>
  );
}

const PINS: Readonly<Record<string, Parameters<typeof sayProblem>[0] & `recovery.pinned${string}`>> = {
  import: 'recovery.pinnedImport',
  migrate: 'recovery.pinnedMigrate',
  restore: 'recovery.pinnedRestore',
  clear: 'recovery.pinnedClear',
  delete: 'recovery.pinnedDelete',
};

/** Why it is kept, in the words of a person. */
function pinWords({ pin }: RestorePoint): string {
  return pin ? sayProblem(PINS[pin.name] ?? 'recovery.pinned') : '';
}

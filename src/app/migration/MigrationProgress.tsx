import type { SnapshotFrom } from 'xstate';
import type { migrationMachine } from '../../../machines/migration.machine.ts';
import type { Progress } from '../../client/types.ts';
import { sayProblem } from '../words/sayProblem.ts';
import { migratingWords } from './migrationWords.ts';

const STEPS = 4;

type MigrationSnapshot = SnapshotFrom<typeof migrationMachine>;

interface MigrationProgressProps {
  snapshot: MigrationSnapshot;
  progress: Progress | null;
}

/** Which of the four steps it is at. What is stored changes in the last one only, all at once. */
export function MigrationProgress({ snapshot, progress }: MigrationProgressProps) {
  const step = stepNumber(snapshot);
  const words = migratingWords(step, snapshot.context.steps, progress);
  // A step that does not say how far it is stands in its middle.
  const share = progress && progress.of > 0 ? progress.done / progress.of : 0.5;
  return (
    <section
      aria-labelledby="migration-title"
      className="m-auto flex w-full max-w-xl flex-col gap-4 p-6 sm:p-10"
    >
      <h1 id="migration-title" tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
        {sayProblem('migration.title')}
      </h1>
      <div
        role="progressbar"
        aria-labelledby="migration-title"
        aria-valuemin={0}
        aria-valuemax={STEPS}
        aria-valuenow={step}
        aria-valuetext={words.progress}
        className="h-2 overflow-hidden rounded-full bg-muted"
      >
        <div
          className="h-full rounded-full bg-primary transition-[width] duration-300"
          style={{ width: `${(100 * (step - 1 + share)) / STEPS}%` }}
        />
      </div>
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{words.doing}</span>
        <span className="text-muted-foreground">{words.progress}</span>
      </p>
      <p className="text-muted-foreground">{sayProblem('migration.safe')}</p>
    </section>
  );
}

/** By what there is already: each step leaves its result for the next. */
function stepNumber(snapshot: MigrationSnapshot): 1 | 2 | 3 | 4 {
  const { state, changes } = snapshot.context;
  if (snapshot.hasTag('applying')) return STEPS;
  if (!state) return 1;
  return changes.length === 0 ? 2 : 3;
}

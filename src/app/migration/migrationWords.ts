import type { MigrationFinding, MigrationStep } from '../../../machines/migration.types.ts';
import type { Progress } from '../../client/types.ts';
import { failureName } from '../problem/failureLines.ts';
import { storeWords } from '../problem/storeWords.ts';
import { sayProblem } from '../words/sayProblem.ts';

const DOING = {
  1: 'migration.planning',
  2: 'migration.converting',
  3: 'migration.checking',
  4: 'migration.writing',
} as const;

/** What is being done, and how far that is. */
export function migratingWords(
  step: keyof typeof DOING,
  steps: readonly MigrationStep[],
  progress: Progress | null,
): { doing: string; progress: string } {
  const doing = sayProblem(DOING[step]);
  const count = progress?.of ?? recordsIn(steps);
  if (count === 0) return { doing, progress: sayProblem('migration.step', { step, steps: 4 }) };
  const what = progress
    ? sayProblem('migration.doneOf', { done: progress.done, count })
    : sayProblem('count.records', { count });
  return { doing, progress: sayProblem('migration.stepWith', { step, steps: 4, what }) };
}

export function recordsIn(steps: readonly MigrationStep[]): number {
  return steps.reduce((sum, { records }) => sum + records, 0);
}

/** Why it stopped. Names stores and versions, never what is in a record, nor its id, which may be anybody's words. */
export function causeOf(finding: MigrationFinding): string {
  switch (finding.code) {
    case 'notPlanned':
      return sayProblem('migration.becauseRead', { name: failureName(finding) });
    case 'notConverted':
      return sayProblem('migration.becauseConvert', { name: failureName(finding) });
    case 'notChecked':
      return sayProblem('migration.becauseCheck', { name: failureName(finding) });
    case 'stuck':
      return sayProblem('migration.becauseStuck', {
        store: storeWords(finding.store),
        version: finding.version,
      });
    case 'unfaithful':
      return sayProblem('migration.becauseUnfaithful', {
        store: storeWords(finding.store),
        why: finding.why,
      });
    case 'notWritten':
      switch (finding.why) {
        case 'full':
          return sayProblem('migration.becauseFull');
        case 'conflicted':
          return sayProblem('migration.becauseOtherTab');
        case 'refused':
        case 'failed':
          return sayProblem('migration.becauseRefused', { why: finding.why });
      }
      break;
    case 'unsure':
      return sayProblem('migration.becauseUnsure');
  }
}

export function stepLines(steps: readonly MigrationStep[]): string[] {
  return steps.map(({ store, from, to, records }) =>
    sayProblem('migration.stepFound', {
      store,
      what: sayProblem('count.records', { count: records }),
      from,
      to,
    }),
  );
}

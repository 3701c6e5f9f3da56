import { Clock, Download, History, LifeBuoy, Plus, RotateCw } from 'lucide-react';
import type { RestorePoint } from '../../../machines/recovery.types.ts';
import { Choice } from '../problem/Choice.tsx';
import { Choices } from '../problem/Choices.tsx';
import { countWords } from '../problem/countWords.ts';
import { handOutStored } from '../start/handOutStored.ts';
import { pointTime } from '../words/pointTime.ts';
import { sayProblem } from '../words/sayProblem.ts';
import { isInMemory } from './isInMemory.ts';
import { OtherPoints } from './OtherPoints.tsx';
import type { StepProps } from './step.ts';

/** Safe and useful first, then what changes nothing, then later; starting over is set apart and has no key. */
export function RecoveryChoices({ snapshot, send, commands }: StepProps) {
  const { finding, points, failure } = snapshot.context;
  // A list that could not be read may hold backups: it is read again before anything else is done.
  const knowsBackups = failure?.code !== 'notListed';
  const offered = (points ?? []).filter(({ seq }) => snapshot.can({ type: 'RESTORE', seq }));
  const [newest, ...older] = offered;
  const canRescue = snapshot.can({ type: 'RESCUE' });
  const canRetry = snapshot.can({ type: 'RETRY' });
  const isDamaged = finding.code === 'damaged' || finding.code === 'setAside';
  const restore = (seq: number): void => send({ type: 'RESTORE', seq });
  let last = 0;
  const digit = (): number => ++last;
  return (
    <Choices>
      {newest && (
        <Choice
          icon={<History aria-hidden="true" />}
          {...restoreWords(newest, isDamaged)}
          digit={digit()}
          isRecommended
          isSafe
          onChoose={() => restore(newest.seq)}
        >
          {older.length > 0 && <OtherPoints points={older} onChoose={restore} />}
        </Choice>
      )}
      {canRescue && 'readable' in finding && (
        <Choice
          icon={<LifeBuoy aria-hidden="true" />}
          label={sayProblem('recovery.rescue')}
          consequence={sayProblem('recovery.rescueMeans', { count: finding.readable })}
          digit={digit()}
          isRecommended={!newest && knowsBackups}
          onChoose={() => send({ type: 'RESCUE' })}
        />
      )}
      {isDamaged && (
        <Choice
          icon={<Download aria-hidden="true" />}
          label={sayProblem('recovery.download')}
          consequence={sayProblem('recovery.downloadMeans')}
          digit={digit()}
          onChoose={() => void handOutStored(commands)}
        />
      )}
      {canRetry && (
        <Choice
          icon={<RotateCw aria-hidden="true" />}
          label={sayProblem('recovery.retry')}
          consequence={sayProblem('recovery.retryMeans')}
          digit={digit()}
          isRecommended={!newest && !(canRescue && knowsBackups)}
          onChoose={() => send({ type: 'RETRY' })}
        />
      )}
      {snapshot.can({ type: 'DEFER' }) && (
        <Choice
          icon={<Clock aria-hidden="true" />}
          label={sayProblem(finding.code === 'asked' ? 'recovery.leave' : 'recovery.defer')}
          consequence={deferMeans(finding.code)}
          digit={digit()}
          onChoose={() => send({ type: 'DEFER' })}
        />
      )}
      {snapshot.can({ type: 'START_EMPTY' }) && (
        <Choice
          icon={<Plus aria-hidden="true" />}
          label={sayProblem('recovery.empty')}
          consequence={sayProblem('recovery.emptyMeans')}
          isPlain
          onChoose={() => send({ type: 'START_EMPTY' })}
        />
      )}
    </Choices>
  );
}

function restoreWords(point: RestorePoint, isDamaged: boolean): { label: string; consequence: string } {
  const what = countWords(point.count);
  if (isInMemory(point)) {
    return {
      label: sayProblem('recovery.restoreMemory'),
      consequence: sayProblem('recovery.restoreMemoryMeans', { what }),
    };
  }
  return {
    label: sayProblem('recovery.restore', { time: pointTime(Date.parse(point.at), Date.now()) }),
    consequence: sayProblem(isDamaged ? 'recovery.restoreMeans' : 'recovery.restoreAskedMeans', { what }),
  };
}

function deferMeans(code: StepProps['snapshot']['context']['finding']['code']): string {
  switch (code) {
    case 'damaged':
      return sayProblem('recovery.deferMeans');
    case 'vanished':
      return sayProblem('recovery.deferVanishedMeans');
    case 'setAside':
      return sayProblem('recovery.deferSetAsideMeans');
    case 'asked':
      return sayProblem('recovery.leaveMeans');
  }
}

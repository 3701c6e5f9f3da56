import { ClipboardCopy, Download, Eye, RotateCw } from 'lucide-react';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { migrationMachine } from '../../../machines/migration.machine.ts';
import { Choice } from '../problem/Choice.tsx';
import { Choices } from '../problem/Choices.tsx';
import { ProblemDialog } from '../problem/ProblemDialog.tsx';
import { stepOf } from '../problem/stepOf.ts';
import { WhatWeFound } from '../problem/WhatWeFound.tsx';
import type { ProblemCommands } from '../start/commands.ts';
import { handOutStored } from '../start/handOutStored.ts';
import { sayProblem } from '../words/sayProblem.ts';
import { migrationReport } from './migrationReport.ts';
import { causeOf, recordsIn, stepLines } from './migrationWords.ts';

interface MigrationHaltedProps {
  actor: ActorRefFrom<typeof migrationMachine>;
  snapshot: SnapshotFrom<typeof migrationMachine>;
  commands: ProblemCommands;
}

/** The update stopped: why, and whether it is proven that nothing was written. */
export function MigrationHalted({ actor, snapshot, commands }: MigrationHaltedProps) {
  const { finding, steps } = snapshot.context;
  if (!finding) return null;
  const isProven = finding.code !== 'unsure';
  return (
    <ProblemDialog
      isOpen
      isModal
      step={stepOf(snapshot)}
      title={sayProblem(isProven ? 'migration.halted' : 'migration.unsure')}
      lead={
        <>
          <p>{causeOf(finding)}</p>
          <p>{isProven ? untouchedWords(recordsIn(steps)) : sayProblem('migration.unsureLead')}</p>
        </>
      }
      onLeave={snapshot.can({ type: 'DEFER' }) ? () => actor.send({ type: 'DEFER' }) : null}
    >
      <Choices>
        {snapshot.can({ type: 'RETRY' }) && (
          <Choice
            icon={<RotateCw aria-hidden="true" />}
            label={sayProblem('migration.retry')}
            consequence={sayProblem(isProven ? 'migration.retryMeans' : 'migration.retryUnsureMeans')}
            digit={1}
            isRecommended
            onChoose={() => actor.send({ type: 'RETRY' })}
          />
        )}
        {snapshot.can({ type: 'DEFER' }) && (
          <Choice
            icon={<Eye aria-hidden="true" />}
            label={sayProblem('migration.defer')}
            consequence={sayProblem('migration.deferMeans')}
            digit={2}
            onChoose={() => actor.send({ type: 'DEFER' })}
          />
        )}
        <Choice
          icon={<Download aria-hidden="true" />}
          label={sayProblem('migration.download')}
          consequence={sayProblem('migration.downloadMeans')}
          digit={3}
          onChoose={() => void handOutStored(commands)}
        />
        <Choice
          icon={<ClipboardCopy aria-hidden="true" />}
          label={sayProblem('migration.report')}
          consequence={sayProblem('migration.reportMeans')}
          digit={4}
          onChoose={() => void commands.copyReport(migrationReport(snapshot))}
        />
      </Choices>
      <WhatWeFound lines={stepLines(steps)} commands={commands} />
    </ProblemDialog>
  );
}

function untouchedWords(records: number): string {
  if (records === 0) return sayProblem('migration.haltedLead');
  return sayProblem('migration.haltedLeadCount', { what: sayProblem('count.records', { count: records }) });
}

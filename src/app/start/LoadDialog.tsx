import { useSelector } from '@xstate/react';
import { Clock, Download, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { loadMachine } from '../../../machines/load.machine.ts';
import { Choice } from '../problem/Choice.tsx';
import { Choices } from '../problem/Choices.tsx';
import { ProblemDialog } from '../problem/ProblemDialog.tsx';
import { Shield } from '../problem/Shield.tsx';
import { stepOf } from '../problem/stepOf.ts';
import { WhatWeFound } from '../problem/WhatWeFound.tsx';
import { sayProblem } from '../words/sayProblem.ts';
import type { ProblemCommands } from './commands.ts';
import { handOutStored } from './handOutStored.ts';
import { loadLead, loadLines, loadTitle } from './loadWords.ts';

type LoadActor = ActorRefFrom<typeof loadMachine>;

interface LoadDialogProps {
  actor: LoadActor;
  commands: ProblemCommands;
}

interface ChoicesProps extends LoadDialogProps {
  snapshot: SnapshotFrom<typeof loadMachine>;
}

/** The saved data is newer than this app, or cannot be read now. Offers only what changes nothing. */
export default function LoadDialog({ actor, commands }: LoadDialogProps) {
  const snapshot = useSelector(actor, (current) => current);
  const { finding } = snapshot.context;
  const step = stepOf(snapshot);
  const isAsking = snapshot.hasTag('needs-user') && finding !== null;
  if (!finding) return null;
  return (
    <ProblemDialog
      isOpen={isAsking}
      isModal
      step={step}
      title={loadTitle(finding)}
      lead={
        <>
          <p>{loadLead(finding)}</p>
          <Shield snapshot={snapshot} />
        </>
      }
      onLeave={snapshot.can({ type: 'DEFER' }) ? () => actor.send({ type: 'DEFER' }) : null}
    >
      {step === 'load.tooNew' ? (
        <TooNewChoices actor={actor} commands={commands} snapshot={snapshot} />
      ) : (
        <UnavailableChoices actor={actor} commands={commands} snapshot={snapshot} />
      )}
      <WhatWeFound lines={loadLines(finding)} commands={commands} />
    </ProblemDialog>
  );
}

function TooNewChoices({ actor, commands, snapshot }: ChoicesProps) {
  return (
    <Choices>
      <Choice
        icon={<RotateCw aria-hidden="true" />}
        label={sayProblem('load.reload')}
        consequence={sayProblem('load.reloadMeans')}
        digit={1}
        isRecommended
        onChoose={commands.reload}
      />
      <Choice
        icon={<Download aria-hidden="true" />}
        label={sayProblem('load.download')}
        consequence={sayProblem('load.downloadMeans')}
        digit={2}
        onChoose={() => void handOutStored(commands)}
      />
      {snapshot.can({ type: 'DEFER' }) && <DeferChoice actor={actor} />}
    </Choices>
  );
}

/** Where the next opening may cost what is left, the download comes first, and trying again waits for it. */
function UnavailableChoices({ actor, commands, snapshot }: ChoicesProps) {
  const canRetry = snapshot.can({ type: 'RETRY' });
  const [mustDownload] = useState(!canRetry);
  const salvage = async (): Promise<void> => {
    if (await handOutStored(commands)) actor.send({ type: 'DOWNLOAD' });
  };
  return (
    <Choices>
      {snapshot.can({ type: 'DOWNLOAD' }) && (
        <Choice
          icon={<Download aria-hidden="true" />}
          label={sayProblem('load.salvage')}
          consequence={sayProblem(mustDownload ? 'load.salvageMeans' : 'load.downloadMeans')}
          digit={1}
          isRecommended={!canRetry}
          onChoose={() => void salvage()}
        />
      )}
      <Choice
        icon={<RotateCw aria-hidden="true" />}
        label={sayProblem('load.retry')}
        consequence={sayProblem(canRetry ? 'load.retryMeans' : 'load.retryLocked')}
        digit={2}
        isDisabled={!canRetry}
        isRecommended={canRetry}
        onChoose={() => actor.send({ type: 'RETRY' })}
      />
      {snapshot.can({ type: 'DEFER' }) && <DeferChoice actor={actor} />}
    </Choices>
  );
}

function DeferChoice({ actor }: { actor: LoadActor }) {
  return (
    <Choice
      icon={<Clock aria-hidden="true" />}
      label={sayProblem('load.defer')}
      consequence={sayProblem('load.deferMeans')}
      digit={3}
      onChoose={() => actor.send({ type: 'DEFER' })}
    />
  );
}

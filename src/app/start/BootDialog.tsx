import { useSelector } from '@xstate/react';
import { BellRing, Clock, RotateCw, Timer } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActorRefFrom } from 'xstate';
import type { bootMachine } from '../../../machines/boot.machine.ts';
import { Choice } from '../problem/Choice.tsx';
import { Choices } from '../problem/Choices.tsx';
import { ProblemDialog } from '../problem/ProblemDialog.tsx';
import { Shield } from '../problem/Shield.tsx';
import { stepOf } from '../problem/stepOf.ts';
import { WhatWeFound } from '../problem/WhatWeFound.tsx';
import { Working } from '../problem/Working.tsx';
import { notify } from '../ui/toasts.ts';
import { sayProblem } from '../words/sayProblem.ts';
import { bootLines, bootSentences, bootTitle } from './bootWords.ts';
import type { ProblemCommands } from './commands.ts';

type BootActor = ActorRefFrom<typeof bootMachine>;

interface BootDialogProps {
  actor: BootActor;
  commands: ProblemCommands;
  /** Records per store that the witness knows of; null where it knows of none. */
  remembered: Readonly<Record<string, number>> | null;
}

/** The storage does not open: another tab holds an older version, or the browser refuses. */
export default function BootDialog({ actor, commands, remembered }: BootDialogProps) {
  const snapshot = useSelector(actor, (current) => current);
  const { finding } = snapshot.context;
  const step = stepOf(snapshot);
  useContinuing(actor);
  if (!finding) return null;
  return (
    <ProblemDialog
      isOpen={snapshot.hasTag('needs-user')}
      isModal
      step={step}
      title={bootTitle(finding)}
      lead={
        <>
          {bootSentences(finding, remembered).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <Shield snapshot={snapshot} />
        </>
      }
      onLeave={snapshot.can({ type: 'DEFER' }) ? () => actor.send({ type: 'DEFER' }) : null}
    >
      {finding.code === 'blocked' && <Working words={sayProblem('boot.waiting')} />}
      <BootChoices actor={actor} />
      <WhatWeFound lines={bootLines(finding)} commands={commands} />
    </ProblemDialog>
  );
}

function BootChoices({ actor }: { actor: BootActor }) {
  const snapshot = useSelector(actor, (current) => current);
  const [wasAsked, setAsked] = useState(false);
  let last = 0;
  const digit = (): number => ++last;
  return (
    <Choices>
      {snapshot.can({ type: 'ASK_OTHER_TABS' }) && (
        <Choice
          icon={<BellRing aria-hidden="true" />}
          label={sayProblem('boot.ask')}
          consequence={sayProblem(wasAsked ? 'boot.asked' : 'boot.askMeans')}
          digit={digit()}
          isRecommended={!wasAsked}
          onChoose={() => {
            setAsked(true);
            actor.send({ type: 'ASK_OTHER_TABS' });
          }}
        />
      )}
      {snapshot.can({ type: 'RETRY' }) && (
        <Choice
          icon={<RotateCw aria-hidden="true" />}
          label={sayProblem('boot.retry')}
          consequence={sayProblem('boot.retryMeans')}
          digit={digit()}
          isRecommended
          onChoose={() => actor.send({ type: 'RETRY' })}
        />
      )}
      {snapshot.can({ type: 'USE_FALLBACK' }) && (
        <Choice
          icon={<Timer aria-hidden="true" />}
          label={sayProblem('boot.fallback')}
          consequence={sayProblem('boot.fallbackMeans')}
          digit={digit()}
          onChoose={() => actor.send({ type: 'USE_FALLBACK' })}
        />
      )}
      {snapshot.can({ type: 'DEFER' }) && (
        <Choice
          icon={<Clock aria-hidden="true" />}
          label={sayProblem('boot.defer')}
          consequence={sayProblem('boot.deferMeans')}
          digit={digit()}
          onChoose={() => actor.send({ type: 'DEFER' })}
        />
      )}
    </Choices>
  );
}

/** Says that it goes on by itself: the other tab has let go, and nobody pressed anything. */
function useContinuing(actor: BootActor): void {
  useEffect(() => {
    let wasBlocked = actor.getSnapshot().context.finding?.code === 'blocked';
    // Not by rendering: whoever mounts this takes it away as soon as nobody is asked any more.
    const { unsubscribe } = actor.subscribe((snapshot) => {
      if (wasBlocked && snapshot.hasTag('loading')) {
        notify({ id: 'boot', text: sayProblem('boot.continuing') });
      }
      wasBlocked = snapshot.hasTag('needs-user') && snapshot.context.finding?.code === 'blocked';
    });
    return unsubscribe;
  }, [actor]);
}

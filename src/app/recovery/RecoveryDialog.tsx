import { useSelector } from '@xstate/react';
import { ProblemDialog } from '../problem/ProblemDialog.tsx';
import { stepOf } from '../problem/stepOf.ts';
import type { ProblemCommands } from '../start/commands.ts';
import { choosing } from './choosing.tsx';
import { confirmingReplaced } from './confirmingReplaced.tsx';
import { leavingEvent } from './leavingEvent.ts';
import { reviewingRescue } from './reviewingRescue.tsx';
import { startingEmpty } from './startingEmpty.tsx';
import type { RecoveryActor, StepProps, StepView } from './step.ts';
import { working } from './working.tsx';

interface RecoveryDialogProps {
  actor: RecoveryActor;
  /** A load opened it, so nobody was waiting for it. Otherwise a person did. */
  isModal: boolean;
  commands: ProblemCommands;
}

/** Says what is damaged or lost, and what is safe, and carries out one choice. Offers what the machine accepts. */
export default function RecoveryDialog({ actor, isModal, commands }: RecoveryDialogProps) {
  const snapshot = useSelector(actor, (current) => current);
  const { send } = actor;
  const step = stepOf(snapshot);
  const { title, lead, body, isWide = false } = viewOf(step, { snapshot, send, commands, isModal });
  const leave = leavingEvent(snapshot, isModal);
  return (
    <ProblemDialog
      isOpen={snapshot.status === 'active'}
      isModal={isModal}
      step={step}
      title={title}
      lead={lead}
      isWide={isWide}
      onLeave={leave && (() => send(leave))}
    >
      {body}
    </ProblemDialog>
  );
}

function viewOf(step: string, props: StepProps): StepView {
  switch (step) {
    case 'recovery.choosing':
      return choosing(props);
    case 'recovery.reviewingRescue':
      return reviewingRescue(props);
    case 'recovery.confirmingEmpty':
      return startingEmpty(props);
    case 'recovery.confirming':
      return confirmingReplaced(props);
    default:
      return working(props);
  }
}

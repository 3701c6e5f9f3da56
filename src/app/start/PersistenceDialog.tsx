import { useSelector } from '@xstate/react';
import { ProblemDialog } from '../problem/ProblemDialog.tsx';
import { stepOf } from '../problem/stepOf.ts';
import type { ProblemCommands } from './commands.ts';
import { failedView } from './failedView.tsx';
import type { PersistenceActor } from './persistenceActor.ts';
import { supersededView } from './supersededView.tsx';

interface PersistenceDialogProps {
  actor: PersistenceActor;
  commands: ProblemCommands;
  /** Edits in this page that are not known to be saved. */
  unsaved: number;
}

/** The root cannot go on: a newer version has taken over, or something unforeseen happened. */
export default function PersistenceDialog({ actor, commands, unsaved }: PersistenceDialogProps) {
  const snapshot = useSelector(actor, (current) => current);
  const step = stepOf(snapshot);
  const props = { actor, snapshot, commands };
  const { title, lead, body } =
    step === 'persistence.superseded' ? supersededView(props, unsaved) : failedView(props);
  return (
    <ProblemDialog
      isOpen={snapshot.hasTag('needs-user') && snapshot.hasTag('blocking')}
      isModal
      step={step}
      title={title}
      lead={lead}
      onLeave={snapshot.can({ type: 'DEFER' }) ? () => actor.send({ type: 'DEFER' }) : null}
    >
      {body}
    </ProblemDialog>
  );
}

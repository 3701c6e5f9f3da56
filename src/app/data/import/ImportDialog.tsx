import { useSelector } from '@xstate/react';
import type { FileProgress } from '../../../client/filing.ts';
import { ProblemDialog } from '../../problem/ProblemDialog.tsx';
import { stepOf } from '../../problem/stepOf.ts';
import { conflictsView } from '../conflicts/conflictsView.tsx';
import type { ConflictsActor, ConflictsStepProps } from '../conflicts/step.ts';
import type { FileCommands } from '../fileCommands.ts';
import { applied } from './applied.tsx';
import { intakeView } from './intakeView.tsx';
import { previewing } from './previewing.tsx';
import { refusedImport } from './refusedImport.tsx';
import { Stepper } from './Stepper.tsx';
import { sidesOfImport } from './sidesOfImport.ts';
import type { ImportActor, ImportStepProps, IntakeActor, StepView } from './step.ts';
import { useNoDrop } from './useNoDrop.ts';
import { working } from './working.tsx';

interface ImportDialogProps {
  actor: ImportActor;
  commands: FileCommands;
  /** Looks closely at a record in conflict; a query. */
  compare: ConflictsStepProps['compare'];
  /** How far the service that runs has got; `null` before any. */
  progress: FileProgress | null;
}

/** Takes a file in: chosen, checked, looked through, decided, written. Offers what the machines accept. */
export default function ImportDialog({ actor, commands, compare, progress }: ImportDialogProps) {
  useNoDrop();
  const snapshot = useSelector(actor, (current) => current);
  const children = snapshot.children as { intake?: IntakeActor; conflicts?: ConflictsActor };
  // The file and the conflicts have machines of their own, invoked by this one: one frame shows all three.
  const intake = useSelector(children.intake, (current) => current);
  const conflicts = useSelector(children.conflicts, (current) => current);
  const view =
    children.intake && intake
      ? intakeView({ snapshot: intake, send: children.intake.send, commands }, progress)
      : children.conflicts && conflicts
        ? conflictsView(
            {
              snapshot: conflicts,
              send: children.conflicts.send,
              sidesOf: sidesOfImport(snapshot, Date.now()),
              compare,
            },
            progress,
          )
        : importView({ snapshot, send: actor.send, commands }, progress);
  return (
    <ProblemDialog
      isOpen={snapshot.status === 'active'}
      isModal={false}
      step={view.step}
      above={<Stepper stage={view.stage} />}
      title={view.title}
      lead={view.lead}
      isWide={view.isWide ?? false}
      onLeave={view.onLeave}
    >
      {view.body}
    </ProblemDialog>
  );
}

function importView(props: ImportStepProps, progress: FileProgress | null): StepView {
  const { snapshot, send } = props;
  switch (stepOf(snapshot)) {
    case 'import.previewing':
      return previewing(props);
    case 'import.refused':
      return refusedImport(props);
    case 'import.applied':
      return applied(props);
  }
  const { preview, finding, isGoing } = snapshot.context;
  if (snapshot.hasTag('applying')) {
    const count = preview?.commit?.changes.length ?? 0;
    return working({ service: 'commit', progress, count, onCancel: null });
  }
  // After a tick, what was shown stays until the new comparison is there.
  if (preview && finding?.code === 'previewed' && !isGoing) return previewing(props);
  const canCancel = snapshot.can({ type: 'CANCEL' });
  return working({
    service: snapshot.matches('taking') ? 'checkFile' : 'planImport',
    progress,
    onCancel: canCancel ? () => send({ type: 'CANCEL' }) : null,
  });
}

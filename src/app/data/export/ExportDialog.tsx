import { useSelector } from '@xstate/react';
import { useEffect, useState } from 'react';
import type { FileProgress } from '../../../client/filing.ts';
import { ProblemDialog } from '../../problem/ProblemDialog.tsx';
import { stepOf } from '../../problem/stepOf.ts';
import type { FileCommands } from '../fileCommands.ts';
import { building } from './building.tsx';
import { configuring } from './configuring.tsx';
import { failedExport } from './failedExport.tsx';
import type { ExportActor, ExportQueries, ExportStepProps, StepView } from './step.ts';

interface ExportDialogProps {
  actor: ExportActor;
  commands: FileCommands;
  queries: ExportQueries;
  /** How far making the file has got; `null` before it. */
  progress: FileProgress | null;
}

/** What goes into the file, and whether it is encrypted; then it is made, read back and compared. */
export default function ExportDialog({ actor, commands, queries, progress }: ExportDialogProps) {
  const snapshot = useSelector(actor, (current) => current);
  const hasLookFailed = usePatientLike(actor, queries);
  const props = { snapshot, send: actor.send, commands, queries, hasLookFailed };
  const view = viewOf(props, progress);
  return (
    <ProblemDialog
      isOpen={snapshot.status === 'active'}
      isModal={false}
      step={view.step}
      title={view.title}
      lead={view.lead}
      onLeave={view.onLeave}
    >
      {view.body}
    </ProblemDialog>
  );
}

function viewOf(props: ExportStepProps, progress: FileProgress | null): StepView {
  switch (stepOf(props.snapshot)) {
    case 'export.configuring':
      return configuring(props);
    case 'export.failed':
      return failedExport(props);
    default:
      return building(props, progress);
  }
}

/** Looks once for what looks like a patient's while a person chooses, and tells the machine. @returns whether it failed */
function usePatientLike(actor: ExportActor, queries: ExportQueries): boolean {
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    queries.findPatientLike().then(
      (look) => isCurrent && actor.send({ type: 'SET', settings: { look } }),
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [actor, queries]);
  return hasFailed;
}

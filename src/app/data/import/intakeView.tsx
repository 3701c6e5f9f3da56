import type { FileProgress } from '../../../client/filing.ts';
import { stepOf } from '../../problem/stepOf.ts';
import { choosing } from './choosing.tsx';
import { locked } from './locked.tsx';
import { refusedFile } from './refusedFile.tsx';
import type { IntakeStepProps, StepView } from './step.ts';
import { working } from './working.tsx';

/** What is shown while a file is chosen, checked or opened. */
export function intakeView(props: IntakeStepProps, progress: FileProgress | null): StepView {
  const { snapshot, send } = props;
  switch (stepOf(snapshot)) {
    case 'import.choosing':
      return choosing(props);
    case 'import.locked':
      return locked(props);
    case 'import.refused':
      return refusedFile(props);
    default: {
      const canCancel = snapshot.can({ type: 'CANCEL' });
      const service = snapshot.matches('unlocking') ? 'unlockBundle' : 'checkFile';
      return working({ service, progress, onCancel: canCancel ? () => send({ type: 'CANCEL' }) : null });
    }
  }
}

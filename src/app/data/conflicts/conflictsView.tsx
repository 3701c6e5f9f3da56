import type { FileProgress } from '../../../client/filing.ts';
import { failureName } from '../../problem/failureLines.ts';
import { stepOf } from '../../problem/stepOf.ts';
import { sayData } from '../../words/sayData.ts';
import type { StepView } from '../import/step.ts';
import { working } from '../import/working.tsx';
import { ConflictResolver } from './ConflictResolver.tsx';
import { faultWords } from './faultWords.ts';
import type { ConflictsSnapshot, ConflictsStepProps } from './step.ts';

/** Records that both sides changed, decided one by one. */
export function conflictsView(props: ConflictsStepProps, progress: FileProgress | null): StepView {
  const { snapshot, send } = props;
  if (stepOf(snapshot) !== 'conflicts.choosing') {
    const service = snapshot.matches('checking') ? 'checkMerged' : 'compareRecords';
    return working({ service, progress, onCancel: null });
  }
  const { conflicts, at } = snapshot.context;
  const conflict = conflicts[at];
  const trouble = troubleWords(snapshot);
  return {
    step: 'conflicts.choosing',
    stage: 'conflicts',
    isWide: true,
    title: sayData('conflicts.title', { count: conflicts.length }),
    lead: (
      <>
        <p>{sayData('conflicts.lead', { count: conflicts.length })}</p>
        {trouble && (
          <p role="alert" className="rounded-lg bg-warning-soft px-4 py-3 text-warning">
            {trouble}
          </p>
        )}
      </>
    ),
    onLeave: () => send({ type: 'BACK' }),
    body: conflict && <ConflictResolver {...props} conflict={conflict} />,
  };
}

/** Why the choices were not taken, or why only whole records can be chosen. */
function troubleWords({ context: { finding, sides } }: ConflictsSnapshot): string | null {
  switch (finding?.code) {
    case 'uncompared':
      return sayData('conflicts.uncompared', { name: failureName(finding) });
    case 'unchecked':
      return sayData('conflicts.unchecked', { name: failureName(finding) });
    case 'unsound':
      return finding.faults.map((fault) => faultWords(fault, sides)).join(' ');
    default:
      return null;
  }
}

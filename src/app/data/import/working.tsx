import type { FileProgress } from '../../../client/filing.ts';
import { Working } from '../../problem/Working.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import type { Stage, StepView } from './step.ts';

const WORDS = {
  checkFile: { stage: 'check', title: 'import.checkTitle', lead: 'import.checkLead' },
  unlockBundle: { stage: 'check', title: 'import.unlockTitle', lead: 'import.unlockLead' },
  planImport: { stage: 'preview', title: 'import.planTitle', lead: 'import.planLead' },
  compareRecords: { stage: 'conflicts', title: 'import.compareTitle', lead: 'import.planLead' },
  checkMerged: { stage: 'conflicts', title: 'import.mergeTitle', lead: 'import.planLead' },
  commit: { stage: 'conflicts', title: 'import.writeTitle', lead: 'import.writeLead' },
} as const satisfies Record<string, { stage: Stage; title: string; lead: string }>;

interface WorkingProps {
  service: keyof typeof WORDS;
  /** How far a service has got; of whichever was asked last. */
  progress: FileProgress | null;
  /** How many records are written; of the last step alone. */
  count?: number;
  /** `null` while it cannot be given up. */
  onCancel: (() => void) | null;
}

/** The machine moves by itself: what it does, how far it is, and the way out while there is one. */
export function working({ service, progress, count = 0, onCancel }: WorkingProps): StepView {
  const { stage, title, lead } = WORDS[service];
  const what = sayData(title, { count });
  const share = progress?.service === service ? Math.round(100 * progress.share) : 0;
  return {
    step: `working ${service}`,
    stage,
    title: what,
    lead: <p>{sayData(lead)}</p>,
    onLeave: onCancel,
    body: (
      <>
        <Working words={share > 0 ? sayData('import.share', { what, share }) : what} />
        {onCancel && (
          <div className="flex justify-end">
            <Button onClick={onCancel}>{sayData('import.cancel')}</Button>
          </div>
        )}
      </>
    ),
  };
}

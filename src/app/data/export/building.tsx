import type { FileProgress } from '../../../client/filing.ts';
import { Working } from '../../problem/Working.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import type { ExportStepProps, StepView } from './step.ts';

/** The file is made, read back and compared. */
export function building({ snapshot, send }: ExportStepProps, progress: FileProgress | null): StepView {
  const leave = snapshot.can({ type: 'CANCEL' }) ? () => send({ type: 'CANCEL' }) : null;
  const what = sayData('export.building');
  const share = progress?.service === 'buildFile' ? Math.round(100 * progress.share) : 0;
  return {
    step: 'export.building',
    title: what,
    lead: <p>{sayData('export.buildingLead')}</p>,
    onLeave: leave,
    body: (
      <>
        <Working words={share > 0 ? sayData('import.share', { what, share }) : what} />
        {leave && (
          <div className="flex justify-end">
            <Button onClick={leave}>{sayData('export.cancel')}</Button>
          </div>
        )}
      </>
    ),
  };
}

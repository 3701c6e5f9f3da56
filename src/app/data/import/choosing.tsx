import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { DropZone } from './DropZone.tsx';
import type { IntakeStepProps, StepView } from './step.ts';

/** A file is chosen, dropped or pasted. */
export function choosing({ send }: IntakeStepProps): StepView {
  const leave = (): void => send({ type: 'CANCEL' });
  return {
    step: 'import.choosing',
    stage: 'choose',
    title: sayData('import.chooseTitle'),
    lead: <p>{sayData('import.chooseLead')}</p>,
    onLeave: leave,
    body: (
      <>
        <DropZone onFile={(file) => send({ type: 'FILE', file })} />
        <div className="flex justify-end">
          <Button onClick={leave}>{sayData('import.cancel')}</Button>
        </div>
      </>
    ),
  };
}

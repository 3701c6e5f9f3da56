import { sayData } from '../../words/sayData.ts';
import { ExportForm } from './ExportForm.tsx';
import type { ExportStepProps, StepView } from './step.ts';

/** What goes into the file, and how. */
export function configuring(props: ExportStepProps): StepView {
  return {
    step: 'export.configuring',
    title: sayData('export.title'),
    lead: <p>{sayData('export.lead')}</p>,
    onLeave: () => props.send({ type: 'CANCEL' }),
    body: <ExportForm {...props} />,
  };
}

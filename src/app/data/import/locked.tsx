import { sayData } from '../../words/sayData.ts';
import { PassphraseForm } from './PassphraseForm.tsx';
import type { IntakeStepProps, StepView } from './step.ts';

/** The file is encrypted: a person types its passphrase, as often as they like. */
export function locked(props: IntakeStepProps): StepView {
  return {
    step: 'import.locked',
    stage: 'check',
    title: sayData('import.lockedTitle'),
    lead: <p>{sayData('import.lockedLead')}</p>,
    onLeave: () => props.send({ type: 'CANCEL' }),
    body: <PassphraseForm {...props} />,
  };
}

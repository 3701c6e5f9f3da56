import { useState } from 'react';
import type { IntakeFinding } from '../../../../machines/intake.types.ts';
import { failureName } from '../../problem/failureLines.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { sayData } from '../../words/sayData.ts';
import type { IntakeStepProps } from './step.ts';

/** Asks for the passphrase. What is typed stays in this form until it is sent, and goes with it. */
export function PassphraseForm({ snapshot, send }: IntakeStepProps) {
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '') send({ type: 'UNLOCK', passphrase });
      }}
    >
      <Field
        label={sayData('import.passphrase')}
        type="password"
        data-safe=""
        value={passphrase}
        onChange={({ target }) => setPassphrase(target.value)}
        error={whyNot(snapshot.context.finding)}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => send({ type: 'CANCEL' })}>{sayData('import.cancel')}</Button>
        <Button onClick={() => send({ type: 'CHOOSE_ANOTHER' })}>{sayData('import.another')}</Button>
        <Button look="primary" type="submit" data-primary="" disabled={passphrase === ''}>
          {sayData('import.unlock')}
        </Button>
      </div>
    </form>
  );
}

function whyNot(finding: IntakeFinding): string | undefined {
  if (finding.code === 'locked') return finding.isWrong ? sayData('import.wrong') : undefined;
  if (finding.code !== 'notUnlocked') return undefined;
  return finding.class === 'denied'
    ? sayData('import.notUnlockedDenied')
    : sayData('import.notUnlocked', { name: failureName(finding) });
}

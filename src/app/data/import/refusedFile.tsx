import { FileUp, LifeBuoy } from 'lucide-react';
import { Choice } from '../../problem/Choice.tsx';
import { Choices } from '../../problem/Choices.tsx';
import { Shield } from '../../problem/Shield.tsx';
import { WhatWeFound } from '../../problem/WhatWeFound.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { placeWords, refusalLines, refusalWords } from './refusalWords.ts';
import type { IntakeStepProps, StepView } from './step.ts';
import { TakesAnother } from './TakesAnother.tsx';

/** The file is not taken: why, where, and what can be done. */
export function refusedFile({ snapshot, send, commands }: IntakeStepProps): StepView {
  const { finding } = snapshot.context;
  const refused = finding.code === 'refused' ? finding.refused : null;
  const sound = refused?.salvage?.bundle.records.length ?? 0;
  const left = refused?.salvage?.bundle.unusable.length ?? 0;
  const leave = (): void => send({ type: 'CANCEL' });
  return {
    step: 'import.refusedFile',
    stage: 'check',
    title: sayData('import.fileRefused'),
    lead: (
      <>
        <p role="alert">{refusalWords(finding).join(' ')}</p>
        {refused?.at && <p>{placeWords(refused.at)}</p>}
        <Shield snapshot={snapshot} />
      </>
    ),
    onLeave: leave,
    body: (
      <>
        {snapshot.can({ type: 'CHOOSE_ANOTHER' }) && <TakesAnother send={send} />}
        <Choices>
          {snapshot.can({ type: 'CHOOSE_ANOTHER' }) && (
            <Choice
              icon={<FileUp aria-hidden="true" />}
              label={sayData('import.another')}
              consequence={sayData('import.anotherMeans')}
              digit={1}
              onChoose={() => send({ type: 'CHOOSE_ANOTHER' })}
            />
          )}
          {snapshot.can({ type: 'SALVAGE' }) && (
            <Choice
              icon={<LifeBuoy aria-hidden="true" />}
              label={sayData('import.salvage', { count: sound })}
              consequence={sayData('import.salvageMeans', { count: left })}
              digit={2}
              onChoose={() => send({ type: 'SALVAGE' })}
            />
          )}
        </Choices>
        <WhatWeFound lines={refusalLines(finding)} commands={commands} />
        <div className="flex justify-end">
          <Button onClick={leave}>{sayData('import.cancel')}</Button>
        </div>
      </>
    ),
  };
}

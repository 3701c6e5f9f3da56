import type { ExportFinding } from '../../../../machines/export.types.ts';
import { failureLines, failureName } from '../../problem/failureLines.ts';
import { Shield } from '../../problem/Shield.tsx';
import { WhatWeFound } from '../../problem/WhatWeFound.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { size } from '../../words/sizes.ts';
import type { ExportStepProps, StepView } from './step.ts';

/** No file was handed out, and nothing was changed: why, and what can be done. */
export function failedExport({ snapshot, send, commands }: ExportStepProps): StepView {
  const { finding } = snapshot.context;
  const leave = (): void => send({ type: 'BACK' });
  return {
    step: 'export.failed',
    title: sayData('export.failedTitle'),
    lead: (
      <>
        <p>{whyNot(finding)}</p>
        <Shield snapshot={snapshot} />
      </>
    ),
    onLeave: leave,
    body: (
      <>
        {finding.code === 'notBuilt' && <WhatWeFound lines={failureLines(finding)} commands={commands} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => send({ type: 'CANCEL' })}>{sayData('export.cancel')}</Button>
          <Button onClick={leave}>{sayData('export.back')}</Button>
          <Button look="primary" data-primary="" onClick={() => send({ type: 'RETRY' })}>
            {sayData('export.retry')}
          </Button>
        </div>
      </>
    ),
  };
}

function whyNot(finding: ExportFinding): string {
  switch (finding.code) {
    case 'tooLarge':
      return sayData('export.tooLarge', { size: size(finding.sizeBytes) });
    case 'mismatched':
      return sayData('export.mismatched');
    case 'notBuilt':
      if (finding.class === 'denied') return sayData('export.denied');
      if (finding.class === 'timeout') return sayData('import.timeout');
      if (finding.class === 'newer') return sayData('export.newer');
      return sayData('export.notBuilt', { name: failureName(finding) });
    case 'asked':
      return '';
  }
}

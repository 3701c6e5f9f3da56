import type { ImportFinding } from '../../../../machines/import.types.ts';
import type { Failure } from '../../../../machines/types.ts';
import { failureLines, failureName } from '../../problem/failureLines.ts';
import { WhatWeFound } from '../../problem/WhatWeFound.tsx';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { size } from '../../words/sizes.ts';
import { SelectAgain } from './SelectAgain.tsx';
import { StoreTicks } from './StoreTicks.tsx';
import type { ImportStepProps, StepView } from './step.ts';

/** Nothing to do, no room, or it was not written: what is known, and what can be done. */
export function refusedImport({ snapshot, send, commands }: ImportStepProps): StepView {
  const { finding, selection, taken } = snapshot.context;
  const { title, lead } = wordsOf(finding);
  const leave = (): void => send({ type: 'CLOSE' });
  const canSelect = snapshot.can({ type: 'SELECT', selection: {} });
  return {
    step: `import.refused ${finding?.code}`,
    stage: finding?.code === 'notTaken' ? 'check' : 'preview',
    title,
    lead: lead.map((sentence) => <p key={sentence}>{sentence}</p>),
    onLeave: leave,
    body: (
      <>
        {canSelect && finding?.code === 'noRoom' && (
          <StoreTicks
            stores={taken?.bundle.stores ?? []}
            withoutStores={selection.withoutStores}
            onSelect={(withoutStores) => send({ type: 'SELECT', selection: { withoutStores } })}
          />
        )}
        {finding && 'class' in finding && <WhatWeFound lines={failureLines(finding)} commands={commands} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={leave}>{sayData('import.close')}</Button>
          {snapshot.can({ type: 'CHOOSE_ANOTHER' }) && (
            <Button onClick={() => send({ type: 'CHOOSE_ANOTHER' })}>{sayData('import.another')}</Button>
          )}
          {canSelect && <SelectAgain finding={finding} selection={selection} send={send} />}
          {snapshot.can({ type: 'RETRY' }) && (
            <Button
              look={finding?.code === 'nothing' ? 'secondary' : 'primary'}
              data-primary=""
              onClick={() => send({ type: 'RETRY' })}
            >
              {sayData(retryKey(finding))}
            </Button>
          )}
        </div>
      </>
    ),
  };
}

function retryKey(finding: ImportFinding | null) {
  if (finding?.code === 'unsure') return 'import.lookAgain';
  return finding?.code === 'nothing' || finding?.code === 'nothingChosen'
    ? 'import.compareAgain'
    : 'import.retry';
}

function wordsOf(finding: ImportFinding | null): { title: string; lead: string[] } {
  switch (finding?.code) {
    case 'nothing':
      return { title: sayData('import.nothingTitle'), lead: [sayData('import.nothingLead')] };
    case 'noRoom': {
      const room = { needed: size(finding.neededBytes), free: size(finding.freeBytes) };
      const lead = [sayData('import.noRoomLead', room), sayData('import.noRoomMeans')];
      return { title: sayData('import.noRoomTitle'), lead };
    }
    case 'nothingChosen':
      return { title: sayData('import.nothingChosenTitle'), lead: [sayData('import.nothingChosenLead')] };
    case 'notTaken':
      return { title: sayData('import.notTakenTitle'), lead: [failureWords(finding)] };
    case 'notWritten':
      return { title: sayData('import.notWrittenTitle'), lead: [sayData(NOT_WRITTEN[finding.why])] };
    case 'unsure':
      return { title: sayData('import.unsureTitle'), lead: [sayData('import.unsureLead')] };
    case 'unplanned':
    case 'undecided':
      return { title: sayData('import.unplannedTitle'), lead: [failureWords(finding)] };
    default:
      return { title: sayData('import.unplannedTitle'), lead: [] };
  }
}

const NOT_WRITTEN = {
  full: 'import.writeFull',
  conflicted: 'import.writeConflicted',
  refused: 'import.writeRefused',
  failed: 'import.writeFailed',
} as const;

function failureWords(failure: Failure): string {
  switch (failure.class) {
    case 'corrupt':
      return sayData('import.noWayBack');
    case 'newer':
      return sayData('import.newer');
    case 'timeout':
      return sayData('import.timeout');
    case 'connection':
    case 'transient':
      return `${sayData('import.failedLead', { name: failureName(failure) })} ${sayData('import.otherNow')}`;
    default:
      return sayData('import.failedLead', { name: failureName(failure) });
  }
}

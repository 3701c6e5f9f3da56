import { failureName } from '../../problem/failureLines.ts';
import { Shield } from '../../problem/Shield.tsx';
import { pointTime } from '../../words/pointTime.ts';
import { sayData } from '../../words/sayData.ts';
import type { Accepted } from '../fileTypes.ts';
import { countsSentence } from './countsSentence.ts';
import { ImportPreview } from './ImportPreview.tsx';
import type { ImportStepProps, StepView } from './step.ts';

/** What would happen, before it does; everything in it can be changed. */
export function previewing(props: ImportStepProps): StepView {
  const { taken, preview, finding } = props.snapshot.context;
  return {
    step: 'import.previewing',
    stage: 'preview',
    isWide: true,
    title: sayData('import.previewTitle'),
    lead: (
      <>
        {taken && <p>{originOf(taken)}</p>}
        {preview && (
          <p role="status" className="sr-only">
            {countsSentence(preview.plan.counts)}
          </p>
        )}
        <Shield snapshot={props.snapshot}>{sayData('import.previewSafe')}</Shield>
        {finding?.code === 'previewed' && finding.hasMoved && (
          <p role="alert" className="rounded-lg bg-warning-soft px-4 py-3 text-warning">
            {sayData('import.moved')}
          </p>
        )}
        {finding?.code === 'undecided' && (
          <p role="alert" className="rounded-lg bg-warning-soft px-4 py-3 text-warning">
            {sayData('import.undecidedFailed', { name: failureName(finding) })}
          </p>
        )}
      </>
    ),
    onLeave: () => props.send({ type: 'CANCEL' }),
    body: preview && <ImportPreview {...props} preview={preview} />,
  };
}

/** When the file was made, and how far it proves to be what was exported. */
function originOf({ bundle, label }: Accepted): string {
  const when =
    bundle.exportedAt === null
      ? sayData('import.undated')
      : sayData('import.exportedOn', { time: pointTime(Date.parse(bundle.exportedAt), Date.now()) });
  return `${when} ${sayData(`label.${label}`)}`;
}

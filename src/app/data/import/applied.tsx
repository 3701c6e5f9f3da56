import { CircleCheck } from 'lucide-react';
import { templates } from '../../stores/templates.ts';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { sumOfCommit } from './goWords.ts';
import type { ImportSnapshot, ImportStepProps, StepView } from './step.ts';

/** It is stored: what it came to, and the way back. */
export function applied({ snapshot, send, commands }: ImportStepProps): StepView {
  const close = (): void => send({ type: 'CLOSE' });
  const imported = importedTemplates(snapshot);
  return {
    step: 'import.applied',
    stage: 'done',
    title: sayData('import.appliedTitle'),
    lead: (
      <>
        <p role="status" className="flex gap-2 text-foreground">
          <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
          {sumWords(snapshot)}
        </p>
        <p>{sayData('import.appliedMeans')}</p>
      </>
    ),
    onLeave: close,
    body: (
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => send({ type: 'UNDO' })}>{sayData('import.undo')}</Button>
        {imported.length > 0 && (
          <Button
            onClick={() => {
              close();
              commands.showTemplates(imported);
            }}
          >
            {sayData('import.showImported')}
          </Button>
        )}
        <Button look="primary" data-primary="" onClick={close}>
          {sayData('import.close')}
        </Button>
      </div>
    ),
  };
}

/** Of what was written, what the list of templates can show. */
function importedTemplates({ context: { preview } }: ImportSnapshot): readonly string[] {
  const changes = preview?.commit?.changes ?? [];
  return changes.flatMap(({ store, id, data }) =>
    store === templates.name && data !== undefined ? [id] : [],
  );
}

/** "47 records were written. 8 were left as they are here." */
function sumWords({ context: { preview } }: ImportSnapshot): string {
  if (!preview) return '';
  const { written, removed } = sumOfCommit(preview);
  const { entries, counts } = preview.plan;
  const kept = entries.filter(
    ({ choice, here }) => here && (choice === 'here' || choice === undefined),
  ).length;
  return [
    sayData('import.written', { count: written }),
    removed > 0 && sayData('import.removed', { count: removed }),
    kept > 0 && sayData('import.kept', { count: kept }),
    counts.unusable > 0 && sayData('import.leftOut', { count: counts.unusable }),
  ]
    .filter(Boolean)
    .join(' ');
}

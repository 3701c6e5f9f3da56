import type { ImportPreview as Preview } from '../../../../machines/import.types.ts';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { Foot } from '../Foot.tsx';
import { EntryList } from './EntryList.tsx';
import { FileWarnings } from './FileWarnings.tsx';
import { goWords, whyNotYet } from './goWords.ts';
import { Losses } from './Losses.tsx';
import { StrategyChoice } from './StrategyChoice.tsx';
import type { ImportStepProps } from './step.ts';
import { WhatToTake } from './WhatToTake.tsx';

interface ImportPreviewProps extends ImportStepProps {
  preview: Preview;
}

/** How it is taken in, what of it, what would go, and record by record what happens. */
export function ImportPreview({ snapshot, send, preview }: ImportPreviewProps) {
  const { selection, taken } = snapshot.context;
  const canGo = snapshot.can({ type: 'CONTINUE' });
  const why = snapshot.hasTag('busy') ? sayData('import.replanning') : whyNotYet(preview);
  const controls = {
    preview,
    selection,
    onSelect: (changed: Partial<typeof selection>) => send({ type: 'SELECT', selection: changed }),
  };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <StrategyChoice {...controls} />
        <WhatToTake {...controls} stores={taken?.bundle.stores ?? []} />
      </div>
      <Losses {...controls} />
      <EntryList {...controls} />
      <FileWarnings warnings={[...(taken?.warnings ?? []), ...preview.plan.warnings]} />
      <Foot>
        {!canGo && (
          <p id="import-why" className="mr-auto text-xs text-muted-foreground">
            {why}
          </p>
        )}
        <Button onClick={() => send({ type: 'CANCEL' })}>{sayData('import.cancel')}</Button>
        <Button
          look="primary"
          data-primary=""
          aria-disabled={!canGo || undefined}
          aria-describedby={canGo ? undefined : 'import-why'}
          onClick={() => canGo && send({ type: 'CONTINUE' })}
        >
          {goWords(preview, selection.strategy)}
        </Button>
      </Foot>
    </>
  );
}

/** What each part of the preview shows and changes. */
export interface PreviewControls {
  preview: Preview;
  selection: ImportStepProps['snapshot']['context']['selection'];
  onSelect: (changed: Partial<ImportStepProps['snapshot']['context']['selection']>) => void;
}

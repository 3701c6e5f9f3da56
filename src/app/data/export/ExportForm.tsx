import { useState } from 'react';
import type { ExportSettings } from '../../../../machines/export.types.ts';
import { Button } from '../../ui/Button.tsx';
import { sayData } from '../../words/sayData.ts';
import { Foot } from '../Foot.tsx';
import { ContentsCheck } from './ContentsCheck.tsx';
import { FileLine } from './FileLine.tsx';
import { Protection } from './Protection.tsx';
import type { ExportStepProps } from './step.ts';
import { WhatGoes } from './WhatGoes.tsx';

/** Chooses what goes into the file. The passphrase stays in this form until the button is pressed, and goes with it. */
export function ExportForm({ snapshot, send, queries, hasLookFailed }: ExportStepProps) {
  const [typed, setTyped] = useState({ passphrase: '', again: '' });
  const { settings, patientLike } = snapshot.context;
  const { isProtected, withTestValues } = settings;
  const set = (changed: Partial<ExportSettings>): void => send({ type: 'SET', settings: changed });
  const isSame = typed.passphrase === typed.again;
  const passphrase = isProtected ? (isSame ? typed.passphrase : '') : null;
  const canExport = snapshot.can({ type: 'EXPORT', passphrase });
  const canCopy = snapshot.can({ type: 'COPY', passphrase });
  const isBare = !isProtected && !withTestValues && (patientLike?.records ?? 0) > 0;
  const why =
    isProtected && (typed.passphrase === '' || !isSame) ? 'export.needsPassphrase' : 'export.nothing';
  return (
    <form
      className="flex min-w-0 flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (canExport) send({ type: 'EXPORT', passphrase });
      }}
    >
      <WhatGoes settings={settings} queries={queries} onSet={set} />
      <Protection
        isProtected={isProtected}
        onProtect={(wanted) => set({ isProtected: wanted })}
        typed={typed}
        onType={setTyped}
      />
      <ContentsCheck settings={settings} patientLike={patientLike} hasFailed={hasLookFailed} onSet={set} />
      <FileLine settings={settings} queries={queries} />
      <Foot>
        {!canExport && (
          <p id="export-why" className="mr-auto text-xs text-muted-foreground">
            {sayData(why)}
          </p>
        )}
        <Button onClick={() => send({ type: 'CANCEL' })}>{sayData('export.cancel')}</Button>
        <Button
          aria-disabled={!canCopy || undefined}
          aria-describedby={canCopy ? undefined : 'export-why'}
          onClick={() => canCopy && send({ type: 'COPY', passphrase })}
        >
          {sayData('export.copy')}
        </Button>
        <Button
          look="primary"
          type="submit"
          data-primary=""
          aria-disabled={!canExport || undefined}
          aria-describedby={canExport ? undefined : 'export-why'}
        >
          {sayData(isBare ? 'export.goOpen' : 'export.go')}
        </Button>
      </Foot>
    </form>
  );
}

import { History } from 'lucide-react';
import { useId } from 'react';
import { useLoad, usePersistence } from '../../react/index.ts';
import { tellRecovered } from '../recovery/tellRecovered.ts';
import { Button } from '../ui/Button.tsx';
import { sayData } from '../words/sayData.ts';

/** Opens the list of backups in this browser. */
export function GoBackButton() {
  const persistence = usePersistence();
  const id = useId();
  const canGoBack = useLoad().kind === 'ready';
  const open = async (): Promise<void> => {
    const result = await persistence.recover('asked');
    if (result?.kind === 'recovered') tellRecovered(persistence, result);
  };
  return (
    <>
      <Button
        size="small"
        aria-disabled={!canGoBack || undefined}
        aria-describedby={canGoBack ? undefined : id}
        onClick={() => canGoBack && void open()}
      >
        <History aria-hidden="true" />
        {sayData('data.goBack')}
      </Button>
      {!canGoBack && (
        <p id={id} className="text-xs text-muted-foreground">
          {sayData('data.goBackWaits')}
        </p>
      )}
    </>
  );
}

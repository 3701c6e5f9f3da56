import { Upload } from 'lucide-react';
import { useId } from 'react';
import { useLoad, usePersistence } from '../../react/index.ts';
import { Button } from '../ui/Button.tsx';
import { sayData } from '../words/sayData.ts';
import { importFile } from './importFile.ts';

/** Opens the import, where something can be written; says why not where it cannot. */
export function ImportButton() {
  const persistence = usePersistence();
  const id = useId();
  const canImport = useLoad().kind === 'ready';
  return (
    <>
      <Button
        look="primary"
        aria-disabled={!canImport || undefined}
        aria-describedby={canImport ? undefined : id}
        onClick={() => canImport && void importFile(persistence)}
      >
        <Upload aria-hidden="true" />
        {sayData('data.import')}
      </Button>
      {!canImport && (
        <p id={id} className="text-xs text-muted-foreground">
          {sayData('data.importWaits')}
        </p>
      )}
    </>
  );
}

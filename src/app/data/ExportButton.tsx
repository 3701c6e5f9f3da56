import { Download } from 'lucide-react';
import { usePersistence } from '../../react/index.ts';
import { Button } from '../ui/Button.tsx';
import { sayData } from '../words/sayData.ts';
import { exportFile } from './exportFile.ts';

/** Opens the export. Works too where nothing can be saved: that may be why someone exports. */
export function ExportButton() {
  const persistence = usePersistence();
  return (
    <Button look="primary" onClick={() => void exportFile(persistence)}>
      <Download aria-hidden="true" />
      {sayData('data.export')}
    </Button>
  );
}

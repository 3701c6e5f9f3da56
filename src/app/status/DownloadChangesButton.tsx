import { usePersistence } from '../../react/index.ts';
import { datedName, download } from '../files/download.ts';
import { Button } from '../ui/Button.tsx';
import { say } from '../words/say.ts';

/** Hands out the edits that are not saved, as a file. Changes nothing. */
export function DownloadChangesButton() {
  const persistence = usePersistence();
  const handOut = (): void =>
    download(
      datedName('hl7-helper-unsaved', 'json', new Date()),
      persistence.downloadChanges(),
      'application/json',
    );
  return (
    <Button size="small" onClick={handOut}>
      {say('status.downloadChanges')}
    </Button>
  );
}

import { useState } from 'react';
import { useLoad, usePersistence } from '../../react/index.ts';
import { datedName, download } from '../files/download.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { notifyFailure } from '../ui/toasts.ts';
import { say } from '../words/say.ts';

/** What must be known about the data while one works: read-only, or records set aside. Never in the way of typing. */
export function LoadNotices() {
  const load = useLoad();
  const persistence = usePersistence();
  const [isFolded, setFolded] = useState(false);

  const saveCopy = async (): Promise<void> => {
    try {
      const bytes = await persistence.downloadStored();
      download(datedName('hl7-helper-stored', 'json', new Date()), bytes, 'application/json');
    } catch {
      notifyFailure(say('start.downloadFailed'), 'stored');
    }
  };

  if (load.kind === 'readOnly') {
    return (
      <Banner
        tone="warning"
        title={say('readOnly.title')}
        actions={
          <>
            <Button size="small" onClick={() => window.location.reload()}>
              {say('readOnly.review')}
            </Button>
            <Button size="small" onClick={saveCopy}>
              {say('readOnly.download')}
            </Button>
          </>
        }
      >
        {say('readOnly.text')}
      </Banner>
    );
  }
  const setAside = load.kind === 'ready' ? load.damage.filter((damage) => !damage.repaired) : [];
  if (setAside.length === 0 || isFolded) return null;
  return (
    <Banner
      tone="warning"
      title={say('damage.title', { count: setAside.length })}
      actions={
        <>
          <Button size="small" onClick={saveCopy}>
            {say('damage.download')}
          </Button>
          <Button size="small" look="quiet" onClick={() => setFolded(true)}>
            {say('damage.later')}
          </Button>
        </>
      }
    >
      {say('damage.text')}
    </Banner>
  );
}

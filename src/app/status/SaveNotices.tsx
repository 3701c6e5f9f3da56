import { useEffect, useRef, useState } from 'react';
import { useLoad, usePersistence, usePersistenceStatus } from '../../react/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { notify } from '../ui/toasts.ts';
import { say } from '../words/say.ts';
import { DownloadChangesButton } from './DownloadChangesButton.tsx';
import { causeWords, saveCause } from './saveCause.ts';

/** Says that saving fails, and when it works again. A banner: nothing interrupts typing (ux J). */
export function SaveNotices() {
  const persistence = usePersistence();
  const { key, unsavedCount, durability } = usePersistenceStatus();
  const [isFolded, setFolded] = useState(false);
  const isLost = useLoad().kind === 'lost';
  // Where the storage is gone, its own notice says so, and what can be done.
  const isFailing = !isLost && (key === 'notSaved' || key === 'notSavedRetrying');
  const failed = useRef(0);
  useEffect(() => {
    if (isFailing) failed.current = Math.max(failed.current, unsavedCount);
    else if (failed.current > 0 && unsavedCount === 0) {
      notify({ id: 'saving', text: say('save.worksAgain', { count: failed.current }) });
      failed.current = 0;
    }
  }, [isFailing, unsavedCount]);

  if (key === 'memoryOnly') {
    return (
      <Banner tone="warning" title={say('memoryOnly.title')}>
        {say('memoryOnly.text')}
      </Banner>
    );
  }
  if (!isFailing && durability === 'eventual' && !isFolded) {
    return (
      <Banner
        tone="warning"
        title={say('standIn.title')}
        actions={
          <Button size="small" look="quiet" onClick={() => setFolded(true)}>
            {say('standIn.close')}
          </Button>
        }
      >
        {say('standIn.text')}
      </Banner>
    );
  }
  if (!isFailing) return null;
  return (
    <Banner
      tone="warning"
      role="alert"
      title={say('save.notSaved', { count: unsavedCount })}
      actions={
        <>
          <DownloadChangesButton />
          <Button size="small" onClick={() => void persistence.flush()}>
            {say('save.tryAgain')}
          </Button>
        </>
      }
    >
      {[causeWords(saveCause(persistence)), say('save.notSavedText')].join(' ').trim()}
    </Banner>
  );
}

import { lazy, Suspense, useEffect } from 'react';
import type { Asking } from '../../client/types.ts';
import { useLoad, usePersistence, usePersistenceStatus, useView } from '../../react/index.ts';
import { MigratedNotice } from '../migration/MigratedNotice.tsx';
import RecoveryDialog from '../recovery/RecoveryDialog.tsx';
import { tellRecovered } from '../recovery/tellRecovered.ts';
import BootDialog from './BootDialog.tsx';
import LoadDialog from './LoadDialog.tsx';
import PersistenceDialog from './PersistenceDialog.tsx';
import PersistenceNotices from './PersistenceNotices.tsx';
import { useProblemCommands } from './useProblemCommands.ts';

const FileDialog = lazy(() => import('../data/FileDialog.tsx'));

/** Everything that is wrong with the data, as banner or dialog. Fetched when there is something to say. */
export default function Problems() {
  const persistence = usePersistence();
  const load = useLoad();
  const dialog = useView(persistence.dialog);
  const commands = useProblemCommands();
  const { unsavedCount } = usePersistenceStatus();
  const recovered = load.kind === 'ready' ? load.recovered : null;
  useEffect(() => {
    if (recovered) tellRecovered(persistence, recovered);
  }, [persistence, recovered]);
  return (
    <>
      <PersistenceNotices actor={persistence.root} commands={commands} />
      {load.kind === 'ready' && load.migrated && (
        <MigratedNotice persistence={persistence} migrated={load.migrated} />
      )}
      {load.kind === 'asking' && <AskingDialog asking={load.asking} />}
      {load.kind === 'readOnly' && (
        <PersistenceDialog actor={persistence.root} commands={commands} unsaved={unsavedCount} />
      )}
      {dialog?.machine === 'recovery' && (
        <RecoveryDialog actor={dialog.actor} isModal={false} commands={commands} />
      )}
      {dialog && dialog.machine !== 'recovery' && (
        <Suspense fallback={null}>
          <FileDialog dialog={dialog} />
        </Suspense>
      )}
    </>
  );
}

/** The one question that stands before everything else. */
function AskingDialog({ asking }: { asking: Asking }) {
  const persistence = usePersistence();
  const commands = useProblemCommands();
  const { unsavedCount } = usePersistenceStatus();
  switch (asking.machine) {
    case 'boot':
      return <BootDialog actor={asking.actor} commands={commands} remembered={persistence.remembered()} />;
    case 'load':
      return <LoadDialog actor={asking.actor} commands={commands} />;
    case 'recovery':
      return <RecoveryDialog actor={asking.actor} isModal commands={commands} />;
    case 'persistence':
      return <PersistenceDialog actor={asking.actor} commands={commands} unsaved={unsavedCount} />;
    case 'migration':
      return null;
  }
}

import { useMemo } from 'react';
import type { OpenDialog } from '../../client/dialogs.ts';
import { usePersistence, useView } from '../../react/index.ts';
import ExportDialog from './export/ExportDialog.tsx';
import { exportQueries } from './export/exportQueries.ts';
import ImportDialog from './import/ImportDialog.tsx';
import { useFileCommands } from './useFileCommands.ts';

/** What a person has opened about a file. Fetched with the first of them. */
export default function FileDialog({ dialog }: { dialog: Exclude<OpenDialog, { machine: 'recovery' }> }) {
  const persistence = usePersistence();
  const commands = useFileCommands();
  const queries = useMemo(() => exportQueries(persistence), [persistence]);
  const progress = useView(persistence.fileProgress);
  return dialog.machine === 'import' ? (
    <ImportDialog
      actor={dialog.actor}
      commands={commands}
      compare={persistence.compareConflict}
      progress={progress}
    />
  ) : (
    <ExportDialog actor={dialog.actor} commands={commands} queries={queries} progress={progress} />
  );
}

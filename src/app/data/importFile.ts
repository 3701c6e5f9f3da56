import type { Persistence } from '../../client.ts';
import { undoCommit } from '../status/undoCommit.ts';
import { notifyFailure, notifyUndoable } from '../ui/toasts.ts';
import { sayData } from '../words/sayData.ts';

/** Opens the import, and says what came of it, with the way back. The same way back waits in Activity. */
export async function importFile(persistence: Persistence): Promise<void> {
  try {
    const result = await persistence.openImport();
    if (result?.kind !== 'imported') return;
    const { id, isUndoAsked } = result;
    if (isUndoAsked) return await undoCommit(persistence, id);
    notifyUndoable(sayData('data.imported'), () => void undoCommit(persistence, id), id);
  } catch (error) {
    notifyFailure(sayData('data.failed', { name: (error as Error).name }), 'import');
  }
}

import type { UndoCheck } from '../../machines/undo.types.ts';
import type { Hands } from './hands.ts';
import { newestState } from './newest.ts';

/**
 * Looks whether a commit can be undone, by what is stored now, and what would be left alone because it was edited since.
 *
 * @param input  `id` of the commit to undo; `commitId` of the commit that undoes it, which may have landed unheard
 * @throws StorageError when what is stored cannot be read or followed
 */
export async function checkUndo(
  hands: Hands,
  { id, commitId }: { id: string; commitId: string },
): Promise<UndoCheck> {
  await newestState(hands);
  const vault = hands.vault();
  const earlier = await vault.find(commitId);
  if (earlier.kind === 'landed') return { kind: 'undone', seq: earlier.seq };
  const found = await vault.planUndo(id);
  if (found.kind !== 'undoable') return { kind: 'impossible', why: found.kind };
  const { plan, touched } = found;
  if (plan.changes.length === 0) return { kind: 'impossible', why: 'nothingLeft' };
  return touched.length === 0 ? { kind: 'untouched', plan } : { kind: 'touched', plan, touched };
}

import type { Landing } from '../../machines/types.ts';
import type { Key } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import type { CommitOutcome, CommitPlan } from '../vault/types.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';

/**
 * Writes a plan as one commit, in one transaction, and resolves once it is durable. No deadline of its own: what
 * timed out may have landed, so `commit` gives it up by `abortWrite`.
 *
 * @throws StorageError of class `connection` or `transient`; after `connection` it may have landed, see `findCommit`
 */
export async function writeCommit(
  { vault, unanswered }: Hands,
  { plan }: { plan: CommitPlan },
  signal: AbortSignal,
): Promise<CommitOutcome> {
  const appending = vault().append(plan);
  unanswered.set(plan.id, appending);
  try {
    return await appending.outcome;
  } finally {
    // Given up meanwhile: then `abortWrite` needs it, though it has answered by now.
    if (!signal.aborted) unanswered.delete(plan.id);
  }
}

/** Gives up a write. The storage proves that it landed, or that it did not; its silence proves nothing. */
export async function abortWrite({ unanswered }: Hands, { id }: { id: string }): Promise<Landing> {
  const appending = unanswered.get(id);
  // It never went out.
  if (!appending) return { kind: 'absent' };
  const end = await appending.abort();
  const outcome = end === 'landed' ? await appending.outcome : undefined;
  unanswered.delete(id);
  return outcome?.kind === 'committed' ? { kind: 'landed', seq: outcome.seq } : { kind: 'absent' };
}

/** Looks a commit up by its id, in what is stored. */
export async function findCommit({ vault }: Hands, { id }: { id: string }): Promise<Landing> {
  return vault().find(id);
}

/** Opens a new connection where the old one is dead. @throws StorageError when that does not work */
export async function reopenStorage({ owner }: Hands): Promise<void> {
  await owner.check();
}

/**
 * Makes room by removing what retention allows: so far, the pages of snapshots that were never finished and that a
 * finished one has overtaken. Backups, pins and quarantine are not touched.
 *
 * @throws StorageError of class `capacity` when there is nothing to remove
 */
export async function shedOldCopies({ owner }: Hands): Promise<void> {
  const { connection } = await openedBy(owner);
  const shed = connection.write(['snapshots'], async (writer) => {
    const leftOver = unfinishedPages(await writer.keys('snapshots'));
    for (const key of leftOver) writer.delete('snapshots', key);
    return leftOver.length;
  });
  if ((await shed.done) === 0) throw new StorageError('capacity', 'There is nothing that may be removed');
}

/** Page 0 is written last: pages without it are no snapshot. Behind a finished one nobody is writing them any more. */
function unfinishedPages(keys: readonly Key[]): Key[] {
  const finished = new Set(keys.flatMap((key) => (key[1] === 0 ? [Number(key[0])] : [])));
  const newest = Math.max(0, ...finished);
  return keys.filter((key) => !finished.has(Number(key[0])) && Number(key[0]) < newest);
}

import type { Landing } from '../../machines/types.ts';
import { StorageError } from '../engines/errors.ts';
import type { CommitOutcome, CommitPlan } from '../vault/types.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';
import { shed } from './shed.ts';

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
 * Makes room by letting go of what retention allows under pressure. On a fresh connection: after a quota error some
 * browsers write nothing more on the old one (F24).
 *
 * @throws StorageError of class `capacity` when there is nothing that may go
 */
export async function shedOldCopies({ owner, rules, environment }: Hands): Promise<void> {
  await owner.renew();
  const { connection } = await openedBy(owner);
  const gone = await shed(connection, { rules, environment });
  if (gone === 0) throw new StorageError('capacity', 'There is nothing that may be removed');
}

import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import type { CommitHeader } from './commit.ts';
import type { CommitSummary } from './contract.ts';
import { commitHeader } from './header.ts';
import { pagesFrom } from './read.ts';
import type { Digest } from './sha256.ts';
import { changesOf, openSheets, type Sheet, toSheets } from './sheet.ts';

/** All commits that are kept, oldest first, sealed or not. */
export async function readLog(connection: Connection): Promise<Sheet[]> {
  return toSheets('log', await connection.read(['log'], (reader) => reader.entries('log')));
}

/**
 * Where the commit with this id landed, alone or squashed together with others; `undefined` when it did not.
 *
 * @throws StorageError of class `corrupt` when a commit after `since` cannot be read: it might be the one
 */
export async function findCommit(
  connection: Connection,
  id: string,
  since: number,
): Promise<number | undefined> {
  const log = await readLog(connection);
  for (const sheet of log) {
    const header = commitHeader(sheet);
    if (header?.id === id || header?.absorbed?.includes(id)) return sheet.seq;
  }
  if (log.some((sheet) => sheet.seq > since && !commitHeader(sheet))) {
    throw new StorageError('corrupt', 'a commit that may be the one cannot be read');
  }
  return undefined;
}

/**
 * The newest commits first. Those that are not as they were written are left out: nothing of them is known for sure, and
 * none of them could be undone.
 */
export async function listCommits(
  connection: Connection,
  limit: number,
  digest: Digest,
): Promise<CommitSummary[]> {
  const log = await connection.read(['log'], async (reader) => {
    const seqs = new Set((await reader.keys('log')).map(([seq]) => Number(seq)));
    const from = [...seqs].at(-limit) ?? 0;
    return reader.entries('log', pagesFrom(from));
  });
  const newest = await openSheets(toSheets('log', log), digest);
  return newest.reverse().flatMap((sheet) => {
    const header = commitHeader(sheet);
    const changes = header && changesOf(sheet, header.pages);
    return changes ? [summaryOf(header, changes.length)] : [];
  });
}

function summaryOf({ id, seq, at, kind, label, undoes }: CommitHeader, changes: number): CommitSummary {
  return { id, seq, at, kind, label, undoes, changes };
}

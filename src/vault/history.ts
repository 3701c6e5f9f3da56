import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import type { CommitHeader } from './commit.ts';
import type { CommitSummary } from './contract.ts';
import { commitHeader } from './header.ts';
import { openSheetNow, type Sheet, toSheets } from './sheet.ts';

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

/** The newest commits first. Those that cannot be read are left out: the load has reported them. */
export async function listCommits(connection: Connection, limit: number): Promise<CommitSummary[]> {
  const newest = (await readLog(connection)).reverse().slice(0, limit);
  return newest.flatMap((sheet) => {
    const header = commitHeader(sheet);
    return header ? [summaryOf(header, sheet)] : [];
  });
}

function summaryOf({ id, seq, at, kind, label, undoes }: CommitHeader, sheet: Sheet): CommitSummary {
  const lines = openSheetNow(sheet).pages.map(({ values }) => values?.length ?? 0);
  return { id, seq, at, kind, label, undoes, changes: lines.reduce((sum, size) => sum + size, 0) };
}

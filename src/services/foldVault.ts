import type { Connection, Key } from '../engines/contract.ts';
import type { Owner } from '../engines/owner.ts';
import type { Environment } from '../environment.ts';
import { type FoldOutcome, fold } from '../vault/fold.ts';
import { pagesFrom } from '../vault/read.ts';
import type { Rules } from '../vault/rules.ts';
import { openedBy } from './opened.ts';

interface Options {
  rules: Rules;
  environment: Pick<Environment, 'now' | 'subtle'>;
  /** The commit at which whoever asks found a fold due: one that is past it already was made by another tab. */
  dueSince: number;
}

/**
 * Folds what is stored, unless another tab has: then it only says what a load reads now.
 *
 * @throws StorageError when storage cannot be opened, read or written; whatever was written until then is harmless
 */
export async function foldVault(
  owner: Owner,
  { rules, environment, dueSince }: Options,
): Promise<FoldOutcome> {
  const { connection, created } = await openedBy(owner);
  // There was data, and now there is an empty database: nothing to fold, and nothing to be said about it here (F12).
  if (created) return { kind: 'held' };
  const newest = newestFinished(await connection.read(['snapshots'], (reader) => reader.keys('snapshots')));
  if (newest < dueSince) return fold(connection, { rules, environment });
  return { kind: 'folded', weight: await weightFrom(connection, newest) };
}

/** Page 0 is written last: pages without it are no snapshot. */
function newestFinished(keys: readonly Key[]): number {
  return Math.max(0, ...keys.flatMap((key) => (key[1] === 0 ? [Number(key[0])] : [])));
}

async function weightFrom(connection: Connection, seq: number) {
  const [snapshot, tail] = await connection.read(['snapshots', 'log'], (reader) =>
    Promise.all([
      reader.entries('snapshots', pagesFrom(seq, seq)),
      reader.entries('log', pagesFrom(seq + 1)),
    ]),
  );
  return { snapshotBytes: bytesOf(snapshot), tailBytes: bytesOf(tail) };
}

function bytesOf(entries: readonly object[]): number {
  return entries.reduce(
    (sum, entry) => sum + ('value' in entry && entry.value instanceof Uint8Array ? entry.value.length : 0),
    0,
  );
}

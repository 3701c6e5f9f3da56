import { StorageError } from '../../engines/errors.ts';
import { allRecords } from '../../vault/draft.ts';
import { readStored } from '../../vault/read.ts';
import type { Aside, Envelope } from '../../vault/types.ts';
import { orTimeout } from '../deadline.ts';
import type { Hands } from '../hands.ts';
import { judge } from '../judge.ts';
import { openedBy } from '../opened.ts';

/** Reading and verifying everything that is stored; the same as for a load. */
const READ_DEADLINE_MS = 30_000;

/** One state of what is stored, verified. */
export interface ExportSource {
  readonly records: readonly Envelope[];
  /** Damaged records, as they were found. */
  readonly asides: readonly Aside[];
  /** Stored values that cannot be read at all. */
  readonly unreadable: number;
  /** About as much text as there is. */
  readonly bytes: number;
}

/**
 * Reads one state in one transaction and verifies it, as a load does (I18): an export also works where nothing may be
 * written. A second transaction follows only where what was read is damaged.
 *
 * @throws StorageError of class `newer` when a newer build has written: then only the raw bytes are faithful
 */
export async function readForExport(hands: Hands, signal: AbortSignal): Promise<ExportSource> {
  const read = async (): Promise<ExportSource> => {
    const { connection } = await openedBy(hands.owner);
    const stored = await readStored(connection);
    signal.throwIfAborted();
    const verdict = await judge(hands, stored, { pause: hands.environment.pause });
    if (verdict.kind === 'newer')
      throw new StorageError('newer', 'What is stored was written by a newer version of the app');
    const { weight, asides } = verdict.kind === 'damaged' ? verdict.base : verdict.state;
    const bytes = weight.snapshotBytes + weight.tailBytes;
    if (verdict.kind !== 'damaged')
      return { records: allRecords(verdict.state), asides, unreadable: 0, bytes };
    const unreadable = verdict.damage.filter(({ class: found }) => found === 'unreadable').length;
    return { records: verdict.readable, asides, unreadable, bytes };
  };
  return orTimeout(hands.environment.clock, read(), { service: 'buildFile', deadlineMs: READ_DEADLINE_MS });
}

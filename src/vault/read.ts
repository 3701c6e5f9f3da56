import type { Connection, Entry, KeyRange, Reader } from '../engines/contract.ts';
import { isOfClass } from '../engines/errors.ts';
import { PROBE_MARK } from '../engines/probe.ts';
import type { Stored } from './contract.ts';
import { HEAD_KEY } from './head.ts';

const ALL = ['head', 'log', 'snapshots', 'marks', 'quarantine'] as const;

/**
 * Reads what a load needs, in one read-only transaction: head, newest snapshot, the commits after it. Verifies nothing.
 *
 * @param from  starts at this snapshot instead of the newest
 * @throws StorageError when reading as such fails: nothing is known then, least of all that there is nothing
 */
export function readStored(connection: Connection, from?: number): Promise<Stored> {
  return connection.read(ALL, async (reader) => {
    const newest = from ?? newestSnapshot(await reader.keys('snapshots'));
    return {
      ...(await readSmall(reader, pagesFrom(newest + 1))),
      snapshots: await reader.entries('snapshots', pagesFrom(newest, newest)),
      isWhole: false,
    };
  });
}

/** Reads everything, damaged and old: for the second road, for folds, and for a download. */
export function readWhole(connection: Connection): Promise<Stored> {
  return connection.read(ALL, async (reader) => ({
    ...(await readSmall(reader)),
    snapshots: await reader.entries('snapshots'),
    isWhole: true,
  }));
}

/** What a cut looks at: all but the body of the newest snapshot, which was read back just now. */
export function readPast(connection: Connection, newestSeq: number): Promise<Stored> {
  return connection.read(ALL, async (reader) => ({
    ...(await readSmall(reader)),
    snapshots: await reader.entries('snapshots', { from: [0, 0], to: [newestSeq, 0] }),
    isWhole: false,
  }));
}

/**
 * All but the snapshots, which come last: once Chromium has met a damaged block, what lies elsewhere cannot be read either,
 * and of all that is there the log can least be done without (docs/decisions/0002).
 */
async function readSmall(reader: Reader, commits?: KeyRange): Promise<Omit<Stored, 'snapshots' | 'isWhole'>> {
  return {
    head: await readHead(reader),
    log: await reader.entries('log', commits),
    marks: await readMarks(reader),
    quarantine: await reader.keys('quarantine'),
  };
}

/** Nothing at all is stored: a first run, unless a witness remembers data (then it vanished, F42). */
export function isEmpty({ head, log, snapshots, marks, quarantine }: Stored): boolean {
  return head === undefined && [log, snapshots, marks, quarantine].every(({ length }) => length === 0);
}

/** All pages of the seqs from `from` to `to`. */
export function pagesFrom(from: number, to = Number.MAX_SAFE_INTEGER): KeyRange {
  return { from: [from, 0], to: [to, Number.MAX_SAFE_INTEGER] };
}

/** Page 0 is written last: without it there is no snapshot. 0 when there is none at all. */
function newestSnapshot(keys: readonly unknown[]): number {
  const seqs = keys.flatMap((key) => (Array.isArray(key) && key[1] === 0 ? [Number(key[0])] : []));
  return Math.max(0, ...seqs);
}

/** A probe that died may have left its mark: it is nobody's data. */
async function readMarks(reader: Reader): Promise<Entry[]> {
  return (await reader.entries('marks')).filter(({ key }) => key !== PROBE_MARK);
}

async function readHead(reader: Reader): Promise<Entry | undefined> {
  try {
    const value = await reader.get('head', HEAD_KEY);
    return value === undefined ? undefined : { key: HEAD_KEY, value };
  } catch (error) {
    if (isOfClass(error, 'corrupt')) return { key: HEAD_KEY, error };
    throw error;
  }
}

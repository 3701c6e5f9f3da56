import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import { type CommitHeader, linkOf, recordOf } from './commit.ts';
import type { Stored, VaultState } from './contract.ts';
import { openDraft } from './draft.ts';
import { commitHeader } from './header.ts';
import { rebuild } from './points.ts';
import { readWhole } from './read.ts';
import type { RoadOptions } from './roads.ts';
import { changesOf, openSheet, type Sheet, toSheets } from './sheet.ts';

/** A point in time, and the vault as it was then. */
export interface PointState {
  header: CommitHeader;
  /** The seal that the next commit links to: names this point, also once it is squashed together with those before it. */
  link: string;
  records: VaultState['records'];
}

/**
 * Every point in time that can be proven, newest first, the present among them.
 *
 * Walks back from the present by before-images: each point must come to the `state` that its commit recorded. Where the
 * way breaks, the next point is rebuilt from a snapshot, or left out when no way there holds.
 *
 * @param present  verified
 * @throws StorageError when reading as such fails
 */
export async function pointStates(
  connection: Connection,
  present: VaultState,
  options: RoadOptions,
): Promise<PointState[]> {
  const stored = await readWhole(connection);
  const newestFirst = toSheets('log', stored.log)
    .filter(({ seq }) => seq <= present.head.seq)
    .reverse();
  const points: PointState[] = [];
  let known: Known | null = { seq: present.head.seq, state: present };
  for (const sheet of newestFirst) {
    const header = commitHeader(sheet);
    const state: VaultState | null = isAt(header, known)
      ? known.state
      : header && (await rebuilt(stored, header.seq, options));
    if (header && state) points.push({ header, link: linkOf(header), records: state.records });
    known = header && state && (await stepBack(state, sheet, header, options));
  }
  return points;
}

/** The link of one point; null when it is not there (any more). */
export async function linkAt(connection: Connection, seq: number): Promise<string | null> {
  const log = await connection.read(['log'], (reader) =>
    reader.entries('log', { from: [seq, 0], to: [seq, 0] }),
  );
  const header = toSheets('log', log).map(commitHeader).at(0);
  return header ? linkOf(header) : null;
}

interface Known {
  seq: number;
  state: VaultState;
}

function isAt(header: CommitHeader | null, known: Known | null): known is Known {
  return header !== null && known?.seq === header.seq && known.state.state === header.state;
}

async function stepBack(
  state: VaultState,
  sheet: Sheet,
  header: CommitHeader,
  { digest }: RoadOptions,
): Promise<Known | null> {
  const changes = changesOf(await openSheet(sheet, digest), header.pages);
  if (!changes) return null;
  const draft = openDraft(state);
  for (const change of changes) {
    const { store, id } = recordOf(change);
    draft.set(store, id, change.before);
  }
  const seq = (header.from ?? header.seq) - 1;
  return { seq, state: draft.close({ head: { seq, seal: header.prev }, gone: new Map() }) };
}

async function rebuilt(stored: Stored, seq: number, options: RoadOptions): Promise<VaultState | null> {
  try {
    return await rebuild(stored, seq, options);
  } catch (error) {
    if (error instanceof StorageError && error.class === 'corrupt') return null;
    throw error;
  }
}

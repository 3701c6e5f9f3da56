import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import { type CommitHeader, recordOf } from './commit.ts';
import type { Stored, VaultState } from './contract.ts';
import { emptyState, openDraft } from './draft.ts';
import { commitHeader } from './header.ts';
import { readWhole } from './read.ts';
import { isClean, type RoadOptions } from './roads.ts';
import { changesOf, type OpenSheet, openSheet, openSheets, type Sheet, toSheets } from './sheet.ts';
import { beginWalk, takeCommit, takeSnapshot, type Walk } from './walk.ts';

/** A point in time that can be gone back to: the vault as it was after commit `seq`. */
export interface PointInTime {
  seq: number;
  at: string;
  kind: CommitHeader['kind'];
  label: string;
  /** Records per store at that point. */
  count: CommitHeader['count'];
  /** Kept before something destructive, or because a person wanted it. */
  pin: CommitHeader['pin'] | null;
}

/** All points that are kept, newest first. Whether one can be rebuilt, `stateAt` proves. */
export async function pointsInTime(connection: Connection): Promise<PointInTime[]> {
  const log = await connection.read(['log'], (reader) => reader.entries('log'));
  const headers = toSheets('log', log)
    .map(commitHeader)
    .filter((header) => header !== null);
  return headers
    .map(({ seq, at, kind, label, count }, i) => ({
      seq,
      at,
      kind,
      label,
      count,
      // The pin of a commit keeps the point before it.
      pin: headers[i + 1]?.pin ?? null,
    }))
    .reverse();
}

/**
 * Rebuilds the vault as it was after commit `seq`: forwards from an older snapshot, or backwards from a newer one by
 * before-images. Either way it must come to the `state` that the commit recorded (durability 3.7).
 *
 * @throws StorageError of class `corrupt` when no way there holds
 */
export async function stateAt(
  connection: Connection,
  seq: number,
  options: RoadOptions,
): Promise<VaultState> {
  return rebuild(await readWhole(connection), seq, options);
}

/** The same from what was read already. */
export async function rebuild(stored: Stored, seq: number, options: RoadOptions): Promise<VaultState> {
  const log = toSheets('log', stored.log);
  const snapshots = toSheets('snapshots', stored.snapshots).reverse();
  const target = log.find((sheet) => sheet.seq === seq);
  const header = target && commitHeader(target);
  if (header) {
    const open = (sheets: readonly Sheet[]) => openSheets(sheets, options.digest);
    for (const start of [...snapshots.filter((sheet) => sheet.seq <= seq), null]) {
      const way = log.filter((sheet) => sheet.seq > (start?.seq ?? 0) && sheet.seq <= seq);
      const walk = walkForwards(start && (await openSheet(start, options.digest)), await open(way), options);
      if (isClean(walk) && walk.draft.state() === header.state) return stateOf(walk, header);
    }
    for (const start of snapshots.filter((sheet) => sheet.seq > seq).reverse()) {
      const way = log.filter((sheet) => sheet.seq > seq && sheet.seq <= start.seq).reverse();
      const state = walkBackwards(await openSheet(start, options.digest), await open(way), header, options);
      if (state) return state;
    }
  }
  throw new StorageError('corrupt', `the point ${seq} cannot be rebuilt`);
}

function walkForwards(start: OpenSheet | null, way: readonly OpenSheet[], options: RoadOptions): Walk {
  const walk = beginWalk(emptyState(''), options.rules, options.isThorough);
  if (start) takeSnapshot(walk, start);
  for (const sheet of way) takeCommit(walk, sheet);
  return walk;
}

function stateOf({ draft, tip }: Walk, { vault, versions }: CommitHeader): VaultState {
  return draft.close({ head: tip, vault, versions });
}

/** Takes one commit after the other back, newest first, down to the wanted one. */
function walkBackwards(
  start: OpenSheet,
  way: readonly OpenSheet[],
  target: CommitHeader,
  options: RoadOptions,
): VaultState | null {
  const walk = walkForwards(start, [], options);
  if (!isClean(walk)) return null;
  const draft = openDraft(stateOf(walk, target));
  let seq = start.seq;
  for (const sheet of way) {
    const header = commitHeader(sheet);
    const changes = header && changesOf(sheet, header.pages);
    if (!header || !changes || header.seq !== seq) return null;
    for (const change of changes) {
      const { store, id } = recordOf(change);
      draft.set(store, id, change.before);
    }
    seq = (header.from ?? header.seq) - 1;
  }
  if (seq !== target.seq || draft.state() !== target.state) return null;
  return draft.close({ head: { seq, seal: target.seal }, versions: target.versions, gone: new Map() });
}

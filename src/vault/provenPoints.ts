import type { Connection } from '../engines/contract.ts';
import { recordOf } from './commit.ts';
import { emptyState } from './draft.ts';
import { commitHeader } from './header.ts';
import { type PointInTime, pointsInTime } from './points.ts';
import { readWhole } from './read.ts';
import { isClean, type RoadOptions } from './roads.ts';
import { changesOf, type OpenSheet, openSheets, toSheets } from './sheet.ts';
import { beginWalk, takeCommit, takeSnapshot, type Walk } from './walk.ts';

/**
 * The points in time that can be gone back to, newest first, each of them proven: rebuilt from here, it comes to the
 * `state` that its commit recorded. One walk over everything proves them all, so it costs about what a load costs.
 *
 * @throws StorageError when reading as such fails
 */
export async function provenPoints(connection: Connection, options: RoadOptions): Promise<PointInTime[]> {
  const points = await pointsInTime(connection);
  const stored = await readWhole(connection);
  const log = await openSheets(toSheets('log', stored.log), options.digest);
  const snapshots = await openSheets(toSheets('snapshots', stored.snapshots), options.digest);
  const proven = new Set<number>();
  const isComplete = () => points.every(({ seq }) => proven.has(seq));
  for (const start of [...snapshots.reverse(), null]) {
    if (isComplete()) break;
    for (const seq of provenForwards(start, log, options)) proven.add(seq);
    if (start) for (const seq of provenBackwards(start, log, options)) proven.add(seq);
  }
  return points.filter(({ seq }) => proven.has(seq));
}

/** Goes on from a snapshot, or from the first commit, for as long as everything holds. */
function* provenForwards(
  start: OpenSheet | null,
  log: readonly OpenSheet[],
  options: RoadOptions,
): Generator<number> {
  const walk = walkFrom(start, options);
  for (const sheet of log) {
    if (sheet.seq <= (start?.seq ?? 0)) continue;
    if (isClean(walk)) takeCommit(walk, sheet);
    if (!isClean(walk)) return;
    yield sheet.seq;
  }
}

/** Takes one commit after the other back, by its before-images, for as long as each comes to its recorded state. */
function* provenBackwards(
  start: OpenSheet,
  log: readonly OpenSheet[],
  options: RoadOptions,
): Generator<number> {
  const walk = walkFrom(start, options);
  if (!isClean(walk)) return;
  const { draft } = walk;
  let { seq } = start;
  for (const sheet of log.filter((one) => one.seq <= start.seq).reverse()) {
    const header = commitHeader(sheet);
    if (!header || header.seq !== seq || draft.state() !== header.state) return;
    // The state after it is proven, whatever is wrong with what it holds itself.
    yield seq;
    const changes = changesOf(sheet, header.pages);
    if (!changes) return;
    for (const change of changes) {
      const { store, id } = recordOf(change);
      draft.set(store, id, change.before);
    }
    seq = (header.from ?? header.seq) - 1;
  }
}

function walkFrom(start: OpenSheet | null, { rules, isThorough }: RoadOptions): Walk {
  const walk = beginWalk(emptyState(''), rules, isThorough);
  if (start) takeSnapshot(walk, start);
  return walk;
}

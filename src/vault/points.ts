import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import { type CommitHeader, linkOf } from './commit.ts';
import type { VaultState } from './contract.ts';
import { commitHeader } from './header.ts';
import { roadBack, roadOn, statesOf } from './pointRoads.ts';
import { readWhole } from './read.ts';
import type { RoadOptions } from './roads.ts';
import { openSheets, type Sheet, toSheets } from './sheet.ts';

/** A point in time that can be gone back to: the vault as it was after commit `seq`. */
export interface PointInTime {
  seq: number;
  /** The seal that the next commit links to: names this point, also once it is squashed together with those before it. */
  link: string;
  at: string;
  kind: CommitHeader['kind'];
  label: string;
  /** Records per store at that point. */
  count: CommitHeader['count'];
  /** Kept before something destructive, or because a person wanted it. */
  pin: CommitHeader['pin'] | null;
}

/** A point in time that is proven, and what it holds. */
export interface PointState extends PointInTime {
  records: VaultState['records'];
}

/** All points that are kept, newest first. Whether one can be rebuilt, `stateAt` proves. */
export async function pointsInTime(connection: Connection): Promise<PointInTime[]> {
  return pointsOf(toSheets('log', await connection.read(['log'], (reader) => reader.entries('log'))));
}

/**
 * Rebuilds the vault as it was after commit `seq`: on from an older snapshot, or back from a newer one by before-images.
 * Either way it must come to the `state` that the commit recorded (durability 3.7).
 *
 * @throws StorageError of class `corrupt` when no way there holds
 */
export async function stateAt(
  connection: Connection,
  seq: number,
  options: RoadOptions,
): Promise<VaultState> {
  const stored = await readWhole(connection);
  const log = await openSheets(toSheets('log', stored.log), options.digest);
  const snapshots = toSheets('snapshots', stored.snapshots);
  const older = snapshots.filter((snapshot) => snapshot.seq <= seq).reverse();
  const newer = snapshots.filter((snapshot) => snapshot.seq > seq);
  for await (const start of statesOf([...older, null, ...newer], options)) {
    const road = start.head.seq >= seq ? roadBack(start, log) : roadOn(start, log, options);
    for (const { header, state } of road) if (header.seq === seq) return state;
  }
  throw new StorageError('corrupt', `the point ${seq} cannot be rebuilt`);
}

/**
 * Every point in time that can be proven, newest first, and what it holds. One walk over everything proves them all, so it
 * costs about what a load costs. A store that a commit did not touch is the same map on both sides of it.
 *
 * @param present  verified, where there is one: then most of the time no snapshot has to be opened
 * @throws StorageError when reading as such fails
 */
export async function provenPoints(
  connection: Connection,
  options: RoadOptions,
  present: VaultState | null = null,
): Promise<PointState[]> {
  const stored = await readWhole(connection);
  const log = await openSheets(toSheets('log', stored.log), options.digest);
  const points = pointsOf(log);
  const proven = new Map<number, VaultState>();
  const snapshots = toSheets('snapshots', stored.snapshots).reverse();
  for await (const start of statesOf([...snapshots, null], options, present)) {
    for (const { header, state } of [...roadBack(start, log), ...roadOn(start, log, options)])
      if (!proven.has(header.seq)) proven.set(header.seq, state);
    if (points.every(({ seq }) => proven.has(seq))) break;
  }
  return points.flatMap((point) => {
    const state = proven.get(point.seq);
    return state ? [{ ...point, records: state.records }] : [];
  });
}

function pointsOf(log: readonly Sheet[]): PointInTime[] {
  const headers = log.map(commitHeader).filter((header) => header !== null);
  return headers
    .map((header, i) => {
      const { seq, at, kind, label, count } = header;
      // The pin of a commit keeps the point before it.
      return { seq, link: linkOf(header), at, kind, label, count, pin: headers[i + 1]?.pin ?? null };
    })
    .reverse();
}

import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import { type CommitHeader, linkOf } from './commit.ts';
import type { Stored, VaultState } from './contract.ts';
import { commitHeader } from './header.ts';
import { type ProvenState, roadBack, roadOn, statesOf } from './pointRoads.ts';
import { readWhole } from './read.ts';
import type { RoadOptions } from './roads.ts';
import { type OpenSheet, openSheets, type Sheet, toSheets } from './sheet.ts';

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
 * Rebuilds the vault as it was after commit `seq`: back from a newer snapshot by before-images, or on from an
 * older one. Either way it must come to the `state` that the commit recorded (durability 3.7).
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
  for await (const { header, state } of provenStates(stored, log, options)) {
    if (header.seq === seq) return state;
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
  for await (const { header, state } of provenStates(stored, log, options, present)) {
    proven.set(header.seq, state);
    if (proven.size === points.length) break;
  }
  return points.flatMap((point) => {
    const state = proven.get(point.seq);
    return state ? [{ ...point, records: state.records }] : [];
  });
}

/** Each point that a road leads to, from everywhere that one can begin; so it may come more than once. */
async function* provenStates(
  stored: Stored,
  log: readonly OpenSheet[],
  options: RoadOptions,
  present: VaultState | null = null,
): AsyncGenerator<ProvenState> {
  const snapshots = toSheets('snapshots', stored.snapshots).reverse();
  for await (const start of statesOf([...snapshots, null], options, present)) {
    yield* roadBack(start, log);
    yield* roadOn(start, log, options);
  }
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

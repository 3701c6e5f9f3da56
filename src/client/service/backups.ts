import type { Connection } from '../../engines/contract.ts';
import { StorageError } from '../../engines/errors.ts';
import type { Environment } from '../../environment.ts';
import type { VaultState } from '../../vault/contract.ts';
import {
  type PointInTime,
  type PointState,
  pointsInTime,
  provenPoints,
  stateAt,
} from '../../vault/points.ts';
import { restoreChanges } from '../../vault/restore.ts';
import type { Rules } from '../../vault/rules.ts';
import { digestWith } from '../../vault/sha256.ts';
import type { Change, Envelope } from '../../vault/types.ts';
import type { AnyStore } from '../store.ts';
import { wrapEnvelope } from './envelope.ts';
import { PersistenceError } from './PersistenceError.ts';
import { oldestFirst, valueFrom } from './storeValue.ts';
import type { BackupEntry, StorageEnvelope } from './types.ts';

interface Options {
  rules: Rules;
  environment: Pick<Environment, 'subtle'>;
}

type Records = ReadonlyMap<string, Envelope>;

/** Earlier values of a store, newest first: the points at which it was something else than at the next one. */
export async function backupsOf(
  store: AnyStore,
  connection: Connection,
  present: VaultState,
  { rules, environment }: Options,
): Promise<BackupEntry[]> {
  const options = { rules, digest: digestWith(environment.subtle) };
  const points = await provenPoints(connection, options, present);
  const runs: { point: PointState; records: Records }[] = [];
  for (const point of points) {
    const records = point.records.get(store.name) ?? NONE;
    const run = runs.at(-1);
    // The same value for a while is one backup: of the commit that made it so.
    if (run && isSame(run.records, records)) run.point = point;
    else runs.push({ point, records });
  }
  const earlier = runs.slice(1).filter(({ records }) => records.size > 0);
  return earlier.map(({ point, records }) => backupOf(store, point, records));
}

const NONE: Records = new Map();

function isSame(one: Records, other: Records): boolean {
  if (one === other) return true;
  return (
    one.size === other.size && [...one].every(([id, { checksum }]) => other.get(id)?.checksum === checksum)
  );
}

/**
 * The changes that bring a store back to a backup.
 *
 * @throws PersistenceError `unknownBackup`; `damagedBackup` when what it held cannot be proven
 */
export async function changesBackTo(
  { name }: AnyStore,
  id: string,
  connection: Connection,
  present: VaultState,
  { rules, environment }: Options,
): Promise<Change[]> {
  const seq = Number(id.slice(name.length + 1).split('_')[0]);
  const point = (await pointsInTime(connection)).find((one) => one.seq === seq);
  if (!point || id !== backupId(name, point)) throw new PersistenceError('unknownBackup');
  const options = { rules, digest: digestWith(environment.subtle) };
  const wanted = await stateAt(connection, seq, options).catch((cause: unknown) => {
    const isDamaged = cause instanceof StorageError && cause.class === 'corrupt';
    throw new PersistenceError(isDamaged ? 'damagedBackup' : 'failed', { cause });
  });
  return restoreChanges(only(name, present), only(name, wanted), rules);
}

function backupOf(store: AnyStore, point: PointState, records: Records): BackupEntry {
  const { at, kind, label } = point;
  let envelope: StorageEnvelope<unknown> | undefined;
  return {
    id: backupId(store.name, point),
    key: store.name,
    timestamp: at,
    get envelope() {
      envelope ??= envelopeOf(store, records);
      return envelope;
    },
    kind,
    label,
  };
}

/** By commit, not by time: two in one millisecond, or with the clock set back, are two (B03, X18). */
function backupId(store: string, { seq, link }: PointInTime): string {
  return `${store}_${seq}_${link.slice(0, 16)}`;
}

function envelopeOf(store: AnyStore, records: Records): StorageEnvelope<unknown> {
  const inOrder = oldestFirst(records);
  const updated = inOrder.map(({ updatedAt }) => updatedAt).reduce((a, b) => (a > b ? a : b), '');
  const dates = { createdAt: inOrder[0]?.createdAt ?? updated, updatedAt: updated };
  return wrapEnvelope(valueFrom(store, records), { version: store.version, ...dates });
}

function only(store: string, state: VaultState): VaultState {
  return { ...state, records: new Map([[store, state.records.get(store) ?? new Map()]]) };
}

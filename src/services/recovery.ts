import type {
  Recovery,
  RecoveryChoice,
  RecoveryFinding,
  Rescue,
  RestorePoint,
} from '../../machines/recovery.types.ts';
import type { VaultState } from '../vault/contract.ts';
import { allRecords } from '../vault/draft.ts';
import { provenPoints } from '../vault/points.ts';
import { digestWith } from '../vault/sha256.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';
import { presentOf } from './present.ts';
import { damagedBytes, planFor, wantedBy } from './recovering.ts';

/** What recovery works with: where nothing could be loaded, its commit needs a vault all the same. */
export interface RecoveryHands extends Hands {
  /** Makes the only writer over what verified, though the rest is damaged or gone; from then on `vault()` gives it. */
  openVault(state: VaultState): Promise<void>;
  /** What this page holds of a storage that was emptied underneath it, and nobody has put back; null: nothing. */
  memory?(): VaultState | null;
}

/**
 * Backups that can be gone back to, newest first, each of them rebuilt and checked.
 *
 * @throws StorageError when what is stored cannot be read
 */
export async function listRestorePoints(hands: RecoveryHands): Promise<RestorePoint[]> {
  const { owner, rules, environment } = hands;
  const { connection } = await openedBy(owner);
  const points = await provenPoints(connection, { rules, digest: digestWith(environment.subtle) });
  hands.found?.keepPoints(points);
  // What they hold is no part of a machine's context: it is rebuilt for the one that is chosen.
  const stored = points.map(({ records: _, ...point }): RestorePoint => point);
  const memory = hands.memory?.();
  return memory ? [pointInMemory(memory, environment), ...stored] : stored;
}

/** Its `label` tells it from what is stored. */
function pointInMemory({ head, count }: VaultState, { now }: Hands['environment']): RestorePoint {
  const at = new Date(now()).toISOString();
  return { seq: head.seq, link: head.seal ?? '', at, kind: 'restore', label: 'memory', count, pin: null };
}

/**
 * Reads and checks everything again, record by record: what is sound, and what is not.
 *
 * @throws StorageError when what is stored cannot be read, or is no longer what was found
 */
export async function scanRescue(
  hands: RecoveryHands,
  { finding }: { finding: RecoveryFinding },
): Promise<Rescue> {
  const { state, damage } = await presentOf(hands, finding);
  return { readable: allRecords(state), damage };
}

/**
 * Makes one plan of a choice: the records, checked and in this build's shape, and byte-equal copies of what is damaged.
 * Only reads.
 *
 * @throws StorageError of class `corrupt` when the chosen result does not hold, or the present could not be rebuilt
 */
export async function prepareRecovery(
  hands: RecoveryHands,
  { finding, choice }: { finding: RecoveryFinding; choice: RecoveryChoice },
): Promise<Recovery> {
  const present = await presentOf(hands, finding);
  const wanted = await wantedBy(hands, choice, present);
  const quarantine = finding.code === 'asked' ? [] : await damagedBytes(hands, present);
  const recovery = planFor(hands, { choice, present, wanted, quarantine });
  if (!present.isLive) await hands.openVault(present.state);
  return recovery;
}

import type { RecoveryFinding } from '../../machines/recovery.types.ts';
import { StorageError } from '../engines/errors.ts';
import type { Damage, VaultState } from '../vault/contract.ts';
import { emptyState } from '../vault/draft.ts';
import { isEmpty, readStored } from '../vault/read.ts';
import type { Hands } from './hands.ts';
import { judge } from './judge.ts';
import { newestState } from './newest.ts';
import { openedBy } from './opened.ts';

/** What is there now, as far as it is sound: what a recovery replaces. */
export interface Present {
  readonly state: VaultState;
  readonly damage: readonly Damage[];
  /** The session works on it; otherwise nothing could be loaded, and a commit needs a vault over this. */
  readonly isLive: boolean;
}

/**
 * Reads what is there, and proves that it can be rebuilt where it is whole. What is damaged, or was found empty, must
 * still be so: if another tab has put it right, it is to be loaded, not recovered.
 *
 * @throws StorageError `transient` when it is no longer what was found, `newer`, or why it cannot be read
 */
export async function presentOf(hands: Hands, finding: RecoveryFinding): Promise<Present> {
  if (finding.code === 'asked' || finding.code === 'setAside') {
    const state = await newestState(hands);
    await hands.vault().capture();
    return { state, damage: finding.code === 'asked' ? [] : finding.damage, isLive: true };
  }
  const { connection } = await openedBy(hands.owner);
  const stored = await readStored(connection);
  if (finding.code === 'vanished') {
    if (!isEmpty(stored)) throw isOtherNow();
    return { state: emptyState(hands.environment.newId()), damage: [], isLive: false };
  }
  const verdict = hands.found?.verdictOf(stored) ?? (await judge(hands, stored));
  if (verdict.kind === 'newer') throw new StorageError('newer', 'A newer build has written');
  if (verdict.kind !== 'damaged') throw isOtherNow();
  return { state: verdict.base, damage: verdict.damage, isLive: false };
}

function isOtherNow(): StorageError {
  return new StorageError('transient', 'What is stored is no longer what was found');
}

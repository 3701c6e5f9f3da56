import type { Loaded, WriteBack } from '../../machines/persistence.types.ts';
import { StorageError } from '../engines/errors.ts';
import { rebased } from '../vault/draft.ts';
import { isEmpty, readStored } from '../vault/read.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';
import type { RecoveryHands } from './recovery.ts';

/** What the root works with besides: the documents under edit, and the right to open what had ended. */
export interface PersistenceHands extends RecoveryHands {
  /** Someone asked for it: storage that vanished or was handed over may be opened again. */
  letOpen(): void;
  /** Plants what a new vault begins with. Called once, at a proven first run. */
  plant(): Promise<void>;
  /** Saves everything that is edited, as far as that works. @returns documents that are not stored after it */
  flush(): Promise<number>;
}

/**
 * Makes the one writer, where the load ended.
 *
 * @throws StorageError when the storage was lost since
 */
export async function startWriting(
  { openVault, plant }: Pick<PersistenceHands, 'openVault' | 'plant'>,
  { loaded }: { loaded: Loaded | null },
): Promise<void> {
  if (!loaded) throw new StorageError('programmer', 'Nothing was loaded');
  await openVault(loaded.state);
  if (loaded.isFirstRun) await plant();
}

/**
 * Opens the storage that was emptied, and plans the one commit that brings back all that this page holds: its next
 * commit carries a whole snapshot. `occupied`: another tab was first, and nothing is written over what is there.
 *
 * @throws StorageError when it cannot be opened or read
 */
export async function prepareWriteBack(hands: PersistenceHands): Promise<WriteBack> {
  const state = hands.vault().state();
  hands.letOpen();
  const { connection } = await openedBy(hands.owner);
  const stored = await readStored(connection);
  if (!isEmpty(stored)) return { kind: 'occupied' };
  await hands.openVault(rebased(state, undefined));
  const id = hands.environment.newId();
  return { kind: 'prepared', plan: { id, kind: 'restore', label: 'writtenBack', changes: [] } };
}

/**
 * Saves what is edited, then lets the storage go.
 *
 * @returns how many documents are not stored
 */
export async function flushAndClose({
  owner,
  flush,
}: Pick<PersistenceHands, 'flush'> & Pick<Hands, 'owner'>): Promise<{ unsaved: number }> {
  const unsaved = await flush();
  owner.close();
  return { unsaved };
}

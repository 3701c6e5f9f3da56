import { StorageError } from '../engines/errors.ts';
import type { VaultState } from '../vault/contract.ts';
import type { Hands } from './hands.ts';

/**
 * The state of the vault as it is stored now, commits of other tabs included.
 *
 * @throws StorageError of class `newer`, or `transient` when their commits cannot be followed from here
 */
export async function newestState({ vault }: Pick<Hands, 'vault'>): Promise<VaultState> {
  const { kind } = await vault().refresh();
  if (kind === 'newer') throw new StorageError('newer', 'Another tab of a newer build has written');
  if (kind === 'behind') throw new StorageError('transient', 'The way to the newest commit is gone');
  return vault().state();
}

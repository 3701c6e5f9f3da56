import type { DocumentSides } from '../../machines/types.ts';
import { StorageError } from '../engines/errors.ts';
import type { Hands } from './hands.ts';
import { sidesOf } from './sides.ts';

/**
 * Reads a document as it is stored now, commits of other tabs included.
 *
 * @throws StorageError of class `newer`, or `transient` when their commits cannot be followed from here
 */
export async function readRecord(
  { vault }: Hands,
  { store, id }: { store: string; id: string },
): Promise<DocumentSides> {
  const { kind } = await vault().refresh();
  if (kind === 'newer') throw new StorageError('newer', 'Another tab of a newer build has written');
  if (kind === 'behind') throw new StorageError('transient', 'The way to the newest commit is gone');
  return sidesOf(vault().state(), store, id);
}

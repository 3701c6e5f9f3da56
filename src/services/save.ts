import type { DocumentSides } from '../../machines/types.ts';
import type { Hands } from './hands.ts';
import { sidesOf } from './sides.ts';

/**
 * Reads a document as it is stored now, commits of other tabs included.
 *
 * @throws StorageError of class `transient` when the other tabs' commits cannot be followed here
 */
export async function readRecord(
  { vault }: Hands,
  { store, id }: { store: string; id: string },
): Promise<DocumentSides> {
  await vault().refresh();
  return sidesOf(vault().state(), store, id);
}

import type { Opening } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import type { Owner } from '../engines/owner.ts';

/**
 * Opens through the owner, who is asked as often as one likes.
 *
 * @throws StorageError that says why there is no connection: `blocked`, `newer`, `denied`, or what broke
 */
export async function openedBy(owner: Owner): Promise<Extract<Opening, { kind: 'open' }>> {
  const opening = await owner.open();
  switch (opening.kind) {
    case 'open':
      return opening;
    case 'blocked':
      throw new StorageError('blocked', 'Another tab holds an older version of the database');
    case 'newer':
      throw new StorageError('newer', 'The database was made by a newer version of the app');
    case 'denied':
    case 'broken':
      throw opening.error;
  }
}

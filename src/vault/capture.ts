import type { Connection } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import type { VaultState } from './contract.ts';
import { readStored, readWhole } from './read.ts';
import type { RoadOptions } from './roads.ts';
import { verifyStored } from './verify.ts';

/**
 * Proves that the present state can be rebuilt from what is stored: before it is replaced (durability 3.4, capture or
 * refuse). Only reads. Returns the seq to come back to; the pin is a field of the commit that follows.
 *
 * @throws StorageError of class `corrupt` when it cannot be rebuilt, `connection` or `transient` when reading fails
 */
export async function capture(
  connection: Connection,
  state: VaultState,
  { rules, digest, pause }: Pick<RoadOptions, 'rules' | 'digest' | 'pause'>,
): Promise<{ seq: number }> {
  const stored = await readStored(connection);
  const verdict = await verifyStored(stored, {
    rules,
    digest,
    pause,
    witness: null,
    readWhole: () => readWhole(connection),
  });
  const found = 'state' in verdict ? verdict.state : null;
  // Another tab may be ahead of us: then its newer state is what can be rebuilt, and what the commit will follow.
  const isThere = found && (found.head.seq > state.head.seq || found.state === state.state);
  if (!isThere) throw new StorageError('corrupt', 'the present state cannot be rebuilt from what is stored');
  return { seq: found.head.seq };
}

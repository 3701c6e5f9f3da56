import type { Connection } from '../../../src/engines/contract.ts';
import type { Verdict } from '../../../src/vault/contract.ts';
import { emptyState } from '../../../src/vault/draft.ts';
import { isEmpty, readStored, readWhole } from '../../../src/vault/read.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import { verifyStored } from '../../../src/vault/verify.ts';
import { knownWitness } from '../../../src/vault/witness.ts';
import { environment, NAME, rules } from './world.ts';

/** The product's own load: read, then verify. Empty with a witness is no first run (F42). */
export async function loadVault(connection: Connection): Promise<Verdict | { kind: 'vanished' }> {
  const stored = await readStored(connection);
  const witness = knownWitness(environment, NAME);
  if (isEmpty(stored)) {
    return witness ? { kind: 'vanished' } : { kind: 'intact', state: emptyState(environment.newId()) };
  }
  return verifyStored(stored, {
    rules,
    digest: digestWith(environment.subtle),
    witness,
    readWhole: () => readWhole(connection),
  });
}

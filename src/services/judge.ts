import type { Stored, Verdict } from '../vault/contract.ts';
import { readWhole } from '../vault/read.ts';
import { digestWith } from '../vault/sha256.ts';
import { type VerifyOptions, verifyStored } from '../vault/verify.ts';
import { knownWitness } from '../vault/witness.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';

/**
 * Judges what was read of this vault, by the rules of this build and what its witness remembers.
 *
 * @param options.isThorough  every record on its own, also where a digest over all of them holds
 * @throws StorageError when reading again for the second road fails
 */
export function judge(
  { name, environment, owner, rules }: Hands,
  stored: Stored,
  options: Pick<VerifyOptions, 'isThorough' | 'pause'> = {},
): Promise<Verdict> {
  return verifyStored(stored, {
    ...options,
    rules,
    digest: digestWith(environment.subtle),
    witness: knownWitness(environment, name),
    readWhole: async () => readWhole((await openedBy(owner)).connection),
  });
}

import { readWitness, type Witness, writeWitness } from '../engines/witness.ts';
import type { Environment } from '../environment.ts';
import type { Damage, VaultState } from './contract.ts';

/** What is known of a vault outside of its database. `null`: nothing, which does not prove that there was nothing. */
export function knownWitness(environment: Environment, name: string): Witness | null {
  const found = readWitness(environment, name);
  return found.kind === 'witness' ? found.witness : null;
}

/**
 * Remembers the states of one vault as they are acknowledged, and the one that a load verified at once, where the witness
 * is behind or missing (durability 3.8). Failing changes nothing: the witness is no second truth.
 *
 * @returns what to call with each durable state
 */
export function keepWitness(
  environment: Environment,
  name: string,
  loaded: VaultState,
): (state: VaultState) => void {
  // Where it is ahead of a state that was reached from here on, its commits are gone: they would have been followed.
  const found = knownWitness(environment, name);
  const remember = ({ vault, head: { seq, seal }, count }: VaultState) => {
    if (seal === null) return;
    try {
      writeWitness(environment, { vault, seq, seal, count }, name, found);
    } catch {
      // Full or forbidden: the database is the truth, and it is durable already.
    }
  };
  const isBehind = !found || (found.vault === loaded.vault && found.seq < loaded.head.seq);
  if (isBehind && !loaded.rebase) remember(loaded);
  return remember;
}

/** Is the database behind what was acknowledged, or another one altogether (a restored profile, F63)? */
export function compareWithWitness({ vault, head }: VaultState, witness: Witness | null): Damage[] {
  if (!witness) return [];
  if (witness.vault !== vault) return [{ class: 'foreign', where: 'head', repaired: false }];
  const isBehind = witness.seq > head.seq || (witness.seq === head.seq && witness.seal !== head.seal);
  return isBehind ? [{ class: 'stale', where: 'head', repaired: false }] : [];
}

import type { Environment } from '../environment.ts';
import { canonical, isPlainObject } from './canonical.ts';
import type { Damage, VaultState } from './contract.ts';

/** What localStorage remembers of a vault, so that a vanished database is no first run (F42). Lags by one commit at most. */
export interface Witness {
  vault: string;
  seq: number;
  seal: string;
  count: { [store: string]: number };
}

/** @param name of the database: its keys in localStorage begin with it */
export function witnessKey(name: string): string {
  return `${name}:witness`;
}

/** `null` when there is none, or it cannot be read: then it says nothing. Never throws (F29). */
export function readWitness(environment: Environment, name: string): Witness | null {
  try {
    const text = environment.localStorage?.()?.getItem(witnessKey(name));
    const found: unknown = JSON.parse(text ?? 'null');
    return isWitness(found) ? found : null;
  } catch {
    return null;
  }
}

/** Remembers an acknowledged state. Failing changes nothing: the witness is no second truth. */
export function writeWitness(environment: Environment, name: string, state: VaultState): void {
  const { vault, head, count } = state;
  try {
    environment.localStorage?.()?.setItem(witnessKey(name), canonical({ vault, ...head, count }));
  } catch {
    // Full or forbidden: the database is the truth, and it is durable already.
  }
}

/** Is the database behind what was acknowledged, or another one altogether (a restored profile, F63)? */
export function compareWithWitness({ vault, head }: VaultState, witness: Witness | null): Damage[] {
  if (!witness) return [];
  if (witness.vault !== vault) return [{ class: 'foreign', where: 'head', repaired: false }];
  const isBehind = witness.seq > head.seq || (witness.seq === head.seq && witness.seal !== head.seal);
  return isBehind ? [{ class: 'stale', where: 'head', repaired: false }] : [];
}

function isWitness(value: unknown): value is Witness {
  if (!isPlainObject(value)) return false;
  const { vault, seq, seal, count } = value;
  return (
    typeof vault === 'string' && typeof seal === 'string' && Number.isSafeInteger(seq) && isPlainObject(count)
  );
}

import type { Environment } from '../environment.ts';
import { accessTextStore } from './text-store.ts';

/**
 * What the vault last acknowledged, kept outside of IndexedDB, where a damaged or deleted database does not reach it. It
 * tells a vanished database from a first run (F42). Not a second truth: it lags by at most one commit.
 */
export interface Witness {
  vault: string;
  seq: number;
  /** The seal of commit `seq`, 64 hex digits. */
  seal: string;
  /** Records per store after commit `seq`. */
  count: Readonly<Record<string, number>>;
}

export type WitnessRead =
  | { kind: 'absent' }
  | { kind: 'witness'; witness: Witness }
  /** It cannot be read, or is damaged: nothing is known, which is not the same as absent. */
  | { kind: 'unreadable' };

/** Reads the witness. Never throws. */
export function readWitness(
  environment: Pick<Environment, 'localStorage'>,
  name = 'hl7-workbench',
): WitnessRead {
  try {
    const text = accessTextStore(environment).get(witnessKey(name));
    if (text === null) return { kind: 'absent' };
    const found: unknown = JSON.parse(text);
    return isWitness(found) ? { kind: 'witness', witness: found } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}

/**
 * Writes the witness of an acknowledged commit. Of two tabs the one that is ahead wins: a late writer never moves the
 * witness of the same vault back.
 *
 * @param lost  names a commit that is proven to be gone: where this witness still stands, it may be moved back
 * @throws StorageError `capacity` or `denied`; the commit itself is safe all the same
 */
export function writeWitness(
  environment: Pick<Environment, 'localStorage'>,
  witness: Witness,
  name = 'hl7-workbench',
  lost: Witness | null = null,
): void {
  const known = readWitness(environment, name);
  if (known.kind === 'witness' && isAhead(known.witness, witness) && known.witness.seal !== lost?.seal)
    return;
  const { count, seal, seq, vault } = witness;
  accessTextStore(environment).set(witnessKey(name), JSON.stringify({ count, seal, seq, vault }));
}

/** @param name  of the database: its keys in localStorage begin with it */
export function witnessKey(name: string): string {
  return `${name}:witness`;
}

function isAhead(one: Witness, other: Witness): boolean {
  return one.vault === other.vault && one.seq > other.seq;
}

function isWitness(found: unknown): found is Witness {
  if (!isPlainObject(found)) return false;
  const { vault, seq, seal, count } = found;
  return (
    typeof vault === 'string' &&
    isCount(seq) &&
    typeof seal === 'string' &&
    /^[0-9a-f]{64}$/.test(seal) &&
    isPlainObject(count) &&
    Object.values(count).every(isCount)
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

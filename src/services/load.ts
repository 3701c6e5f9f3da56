import type { Judgement, LoadInput, LoadReading, Policy } from '../../machines/load.types.ts';
import { StorageError } from '../engines/errors.ts';
import { readWitness } from '../engines/witness.ts';
import type { Stored } from '../vault/contract.ts';
import { emptyState } from '../vault/draft.ts';
import { isEmpty, readStored } from '../vault/read.ts';
import type { Envelope } from '../vault/types.ts';
import { judge } from './judge.ts';
import type { LegacyHands } from './legacy/gather.ts';
import { mayHoldLegacy, strandedName } from './legacy/trace.ts';
import { openedBy } from './opened.ts';

/** What loading works with, besides what every service does. */
export interface LoadHands extends LegacyHands {
  /** The person's `corruptionHandling`, from the records that verified. Without it, and without them: `prompt`. */
  readonly policyOf?: (readable: readonly Envelope[]) => Policy;
}

/**
 * Reads what is stored, and tells a first run from a vanished vault: both are empty, but only one has a witness.
 *
 * @throws StorageError when storage cannot be opened or reading as such fails: nothing is known then
 */
export async function readStores(hands: LoadHands, { isWiped }: LoadInput): Promise<LoadReading> {
  const { name, environment, owner } = hands;
  const { connection, warning } = await openedBy(owner);
  const stored = await readStored(connection);
  const pending = await hasPendingSources(hands, stored);
  const hasPending = pending === true;
  if (!isEmpty(stored)) return { kind: 'found', stored, hasPending };
  const remembered = readWitness(environment, name);
  if (remembered.kind === 'witness') return { kind: 'vanished', witness: remembered.witness };
  // A damaged store fails once before it opens, empty and without a word: that proves no first run (F42).
  if (warning || isWiped)
    throw new StorageError('corrupt', 'The storage opened empty after an error', { cause: warning });
  // A witness that cannot be read may tell of data all the same.
  const isProven = remembered.kind === 'absent' && pending === false;
  return { kind: 'firstRun', state: emptyState(environment.newId()), isProven, hasPending };
}

/**
 * Judges what was read: nothing is handed up before seals, digests and records agree.
 *
 * @throws StorageError when reading again for the second road fails
 */
export async function verifyRecords(
  hands: LoadHands,
  { stored }: { stored: Stored | null },
): Promise<Judgement> {
  if (!stored) throw new StorageError('programmer', 'Nothing was read that could be verified');
  const verdict = await judge(hands, stored);
  if (verdict.kind !== 'damaged') return verdict;
  hands.found?.keepVerdict(stored, verdict);
  return { ...verdict, policy: hands.policyOf?.(verdict.readable) ?? 'prompt' };
}

/**
 * Nearly always a look at names is enough; what reads and understands the rest is fetched only then. Where it cannot be
 * fetched nobody knows, and the start goes on: what is there stays there for the next one.
 */
async function hasPendingSources(hands: LoadHands, stored: Stored): Promise<boolean | 'unknown'> {
  const { legacy, environment, owner } = hands;
  // A session that a browser forgets is no place to bring anything to.
  if (!legacy || owner.engine.durability === 'session') return false;
  if (!(await mayHoldLegacy(environment, legacy.places, strandedName(hands)))) return false;
  try {
    const { hasPending } = await import('./legacy/pending.ts');
    return await hasPending(hands, stored);
  } catch {
    return 'unknown';
  }
}

import type { Judgement, LoadInput, LoadReading, Policy } from '../../machines/load.types.ts';
import { StorageError } from '../engines/errors.ts';
import { PROBE_MARK } from '../engines/probe.ts';
import { readWitness } from '../engines/witness.ts';
import type { Stored } from '../vault/contract.ts';
import { emptyState } from '../vault/draft.ts';
import { isEmpty, readStored, readWhole } from '../vault/read.ts';
import { digestWith } from '../vault/sha256.ts';
import type { Envelope } from '../vault/types.ts';
import { verifyStored } from '../vault/verify.ts';
import { knownWitness } from '../vault/witness.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';

/** What loading works with, besides what every service does. */
export interface LoadHands extends Hands {
  /** The person's `corruptionHandling`, from the records that verified. Without it, and without them: `prompt`. */
  readonly policyOf?: (readable: readonly Envelope[]) => Policy;
  /** Did an earlier version leave something that was not looked at as it is now? Never throws. */
  readonly hasPending?: (stored: Stored) => Promise<boolean>;
}

/**
 * Reads what is stored, and tells a first run from a vanished vault: both are empty, but only one has a witness.
 *
 * @throws StorageError when storage cannot be opened or reading as such fails: nothing is known then
 */
export async function readStores(
  { name, environment, owner, hasPending: look }: LoadHands,
  { isWiped }: LoadInput,
): Promise<LoadReading> {
  const { connection, warning } = await openedBy(owner);
  const stored = await readStored(connection);
  const hasPending = (await look?.(stored)) ?? false;
  if (!isEmpty(withoutProbe(stored))) return { kind: 'found', stored, hasPending };
  const remembered = readWitness(environment, name);
  if (remembered.kind === 'witness') return { kind: 'vanished', witness: remembered.witness };
  // A damaged store fails once before it opens, empty and without a word: that proves no first run (F42).
  if (warning || isWiped)
    throw new StorageError('corrupt', 'The storage opened empty after an error', { cause: warning });
  // A witness that cannot be read may tell of data all the same.
  const isProven = remembered.kind === 'absent' && !hasPending;
  return { kind: 'firstRun', state: emptyState(environment.newId()), isProven, hasPending };
}

/**
 * Judges what was read: nothing is handed up before seals, digests and records agree.
 *
 * @throws StorageError when reading again for the second road fails
 */
export async function verifyRecords(
  { name, environment, owner, rules, policyOf }: LoadHands,
  { stored }: { stored: Stored | null },
): Promise<Judgement> {
  if (!stored) throw new StorageError('programmer', 'Nothing was read that could be verified');
  const verdict = await verifyStored(stored, {
    rules,
    digest: digestWith(environment.subtle),
    witness: knownWitness(environment, name),
    readWhole: async () => readWhole((await openedBy(owner)).connection),
  });
  if (verdict.kind !== 'damaged') return verdict;
  return { ...verdict, policy: policyOf?.(verdict.readable) ?? 'prompt' };
}

/** What a probe left when its page died is nobody's data. */
function withoutProbe(stored: Stored): Stored {
  return { ...stored, marks: stored.marks.filter(({ key }) => key !== PROBE_MARK) };
}

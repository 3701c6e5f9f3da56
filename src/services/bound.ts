import type { Clock } from '../environment.ts';
import { abortWrite, findCommit, reopenStorage, shedOldCopies, writeCommit } from './commit.ts';
import { orTimeout } from './deadline.ts';
import type { Hands } from './hands.ts';
import { type LoadHands, readStores, verifyRecords } from './load.ts';
import { readRecord } from './save.ts';

type Service<SomeHands, Input, Output> = (
  hands: SomeHands,
  input: Input,
  signal: AbortSignal,
) => Promise<Output>;

/** Gives services their hands, and each a deadline in milliseconds. */
export function binder<SomeHands>(hands: SomeHands, clock: Clock) {
  return <Input, Output>(deadlineMs: number, name: string, service: Service<SomeHands, Input, Output>) =>
    (input: Input, signal: AbortSignal): Promise<Output> =>
      orTimeout(clock, service(hands, input, signal), { service: name, deadlineMs });
}

/**
 * The services of what reads and writes, with hands to work with and a deadline each, by the name of the machine.
 *
 * Only `writeCommit` has no deadline here: a write that timed out may have landed, so `commit` gives it up itself.
 */
export function boundServices(hands: Hands & LoadHands) {
  const within = binder(hands, hands.environment.clock);
  return {
    load: {
      readStores: within(20_000, 'readStores', readStores),
      verifyRecords: within(30_000, 'verifyRecords', verifyRecords),
    },
    commit: {
      writeCommit: (input: Parameters<typeof writeCommit>[1], signal: AbortSignal) =>
        writeCommit(hands, input, signal),
      abortWrite: within(5_000, 'abortWrite', abortWrite),
      findCommit: within(5_000, 'findCommit', findCommit),
      reopenStorage: within(10_000, 'reopenStorage', reopenStorage),
      shedOldCopies: within(20_000, 'shedOldCopies', shedOldCopies),
    },
    save: {
      readRecord: within(10_000, 'readRecord', readRecord),
    },
  };
}

export type BoundServices = ReturnType<typeof boundServices>;

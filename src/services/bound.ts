import { abortWrite, findCommit, reopenStorage, shedOldCopies, writeCommit } from './commit.ts';
import { orTimeout } from './deadline.ts';
import type { Hands } from './hands.ts';
import { readStores, verifyRecords } from './load.ts';
import { readRecord } from './save.ts';

type Service<Input, Output> = (hands: Hands, input: Input, signal: AbortSignal) => Promise<Output>;

/**
 * The services of every machine, with hands to work with and a deadline each, by the name of the machine.
 *
 * Only `writeCommit` has no deadline here: a write that timed out may have landed, so `commit` gives it up itself.
 */
export function boundServices(hands: Hands) {
  const within =
    <Input, Output>(deadlineMs: number, name: string, service: Service<Input, Output>) =>
    (input: Input, signal: AbortSignal): Promise<Output> =>
      orTimeout(hands.environment.clock, service(hands, input, signal), { service: name, deadlineMs });

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

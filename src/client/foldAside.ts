import type { Environment, FoldWorker } from '../environment.ts';
import type { FoldOutcome } from '../vault/fold.ts';
import type { FoldReply, FoldRequest } from './foldWorker.ts';

/** A fold of the largest vaults takes seconds; a worker that is silent for so long will not answer any more. */
const FOLD_DEADLINE_MS = 300_000;

/**
 * Has a worker of its own fold, and ends it, whatever becomes of it. One that dies half-way leaves pages without a
 * first one, which are no snapshot.
 *
 * @param signal  ends it at once
 * @returns null when there is no outcome: it died, failed, was too slow or was ended. Rejects when no worker can be had
 */
export function foldAside(
  start: () => FoldWorker,
  request: FoldRequest,
  { clock, signal }: Pick<Environment, 'clock'> & { signal: AbortSignal },
): Promise<FoldOutcome | null> {
  return new Promise((resolve) => {
    const worker = start();
    const end = (outcome: FoldOutcome | null) => {
      clock.clearTimeout(timer);
      worker.terminate();
      resolve(outcome);
    };
    const timer = clock.setTimeout(() => end(null), FOLD_DEADLINE_MS);
    worker.addEventListener('error', () => end(null));
    worker.addEventListener('message', ({ data }) => {
      const reply = data as FoldReply;
      end('outcome' in reply ? reply.outcome : null);
    });
    signal.addEventListener('abort', () => end(null), { once: true });
    worker.postMessage(request);
  });
}

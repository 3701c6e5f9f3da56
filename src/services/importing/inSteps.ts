import { CHARACTERS_BETWEEN_PAUSES, type PaceOptions } from '../../bundle/pace.ts';
import { Timeout } from '../deadline.ts';
import type { ImportHands, Progress } from './hands.ts';

/** As long as nothing moves; how long all of it takes depends on the file. */
const STALL_MS = 30_000;
/** Says when it is done, not before. */
const ALMOST = 0.99;

/**
 * Runs long work in steps: the page answers in between, a person can give up, and it ends when nothing has moved for a
 * while (I13).
 *
 * @param options.characters  about how much there is to do, for `progress`
 * @throws Timeout when a step does not end; the reason of the signal
 */
export async function inSteps<T>(
  { environment: { clock }, pause, progress }: Pick<ImportHands, 'environment' | 'pause' | 'progress'>,
  { service, signal, characters }: { service: Progress['service']; signal: AbortSignal; characters: number },
  work: (pace: PaceOptions) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const giveUp = () => stop.abort(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  let timer: unknown;
  const watch = () => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => stop.abort(new Timeout(service, STALL_MS)), STALL_MS);
  };
  let steps = 0;
  const step = async () => {
    steps += 1;
    progress?.({ service, share: Math.min((steps * CHARACTERS_BETWEEN_PAUSES) / characters, ALMOST) });
    await pause();
    watch();
  };
  watch();
  try {
    const ended = new Promise<never>((_, reject) => {
      stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
      if (stop.signal.aborted) reject(stop.signal.reason);
    });
    return await Promise.race([work({ pause: step, signal: stop.signal }), ended]);
  } finally {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

import type { Clock, Environment } from '../environment.ts';
import type { Engine, Opening } from './contract.ts';

/** At once, then twice more (F01). */
const PAUSES_MS = [0, 250, 1_000] as const;

/**
 * Opens, and opens again when the backing store failed: at most three times more, with jitter, so that the tabs of a
 * browser that lost its storage process do not come back in step. Everything else is answered at once: only
 * `connection` gets better by trying again (F34).
 */
export async function openWithRetries(
  engine: Engine,
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
): Promise<Opening> {
  let outcome = await engine.open();
  for (const pauseMs of PAUSES_MS) {
    if (outcome.kind !== 'broken' || outcome.error.class !== 'connection') return outcome;
    if (pauseMs > 0) await pause(clock, pauseMs * (0.5 + random()));
    outcome = await engine.open();
  }
  return outcome;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(() => resolve(), ms);
  });
}

import type { Clock } from '../environment.ts';

/** Work between two pauses, in characters read once: about 10 ms on a slow laptop. */
const CHARACTERS_BETWEEN_PAUSES = 262_144;

/**
 * Lets the page paint and answer during long work.
 *
 * @returns what to await with the size of each piece of work; true after a pause
 */
export function createBreath(clock: Clock, signal?: AbortSignal): (characters: number) => Promise<boolean> {
  let spent = 0;
  return async (characters) => {
    spent += characters;
    if (spent < CHARACTERS_BETWEEN_PAUSES) return false;
    spent = 0;
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 0));
    signal?.throwIfAborted();
    return true;
  };
}

import type { Clock } from '../environment.ts';

/**
 * Waits for a promise, but not for ever.
 *
 * @param late  what to answer at the deadline; the promise itself goes on, and its late result is dropped
 * @returns what the promise gives, or `late()`
 */
export function withDeadline<T>(
  clock: Clock,
  promise: Promise<T>,
  deadlineMs: number,
  late: () => T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = clock.setTimeout(() => resolve(late()), deadlineMs);
    promise.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}

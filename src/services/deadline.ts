import { withDeadline } from '../engines/deadline.ts';
import type { Clock } from '../environment.ts';

/** Nothing answered in time. What was asked may still happen: whoever wrote looks it up. */
export class Timeout extends Error {
  override readonly name = 'Timeout';
  readonly class = 'timeout';
  readonly platformName = undefined;

  constructor(service: string, deadlineMs: number) {
    super(`\`${service}\` did not answer within ${deadlineMs} ms`);
  }
}

/**
 * Ends a wait: for every service there is an answer, an error, or this deadline (I13).
 *
 * @throws Timeout at the deadline; the promise itself goes on, and its late result is dropped
 */
export function orTimeout<T>(
  clock: Clock,
  promise: Promise<T>,
  { service, deadlineMs }: { service: string; deadlineMs: number },
): Promise<T> {
  return withDeadline<T | PromiseLike<T>>(clock, promise, deadlineMs, () =>
    Promise.reject(new Timeout(service, deadlineMs)),
  ) as Promise<T>;
}

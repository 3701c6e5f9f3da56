import type { Environment } from '../environment.ts';

/** How long work lets the page paint and answer: by a later task, and by a timer where nothing better is given. */
export function pauseOf({ pause, clock }: Pick<Environment, 'pause' | 'clock'>): () => Promise<void> {
  return pause ?? (() => new Promise<void>((resolve) => clock.setTimeout(() => resolve(), 0)));
}

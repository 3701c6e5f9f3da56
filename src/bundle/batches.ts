import type { Json } from '../vault/types.ts';
import type { Pace } from './pace.ts';

/** Characters that are worked on together: their digests run beside each other. */
const BATCH_CHARACTERS = 131_072;

/** Takes a list in batches of about equal work, and lets the page breathe between them. */
export async function* inBatches<T>(
  list: Iterable<T>,
  pace: Pace,
  sizeOf: (one: T) => number,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let size = 0;
  for (const one of list) {
    batch.push(one);
    size += sizeOf(one);
    if (size < BATCH_CHARACTERS) continue;
    yield batch;
    // Looked at twice, a batch is as much as there may be between two pauses.
    await pace.rest();
    batch = [];
    size = 0;
  }
  yield batch;
}

/** About how many characters it takes to look through data: the texts right in it, and a guess for the rest. */
export function sizeHint(data: unknown): number {
  if (typeof data !== 'object' || data === null) return GUESS;
  return Object.values(data as { [member: string]: Json }).reduce<number>(
    (sum, member) => sum + (typeof member === 'string' ? member.length : GUESS),
    GUESS,
  );
}

const GUESS = 256;

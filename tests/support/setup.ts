import fc from 'fast-check';
import { expect } from 'vitest';

/**
 * The same seed in every run, so that a run turns red by a change of the code and by nothing else. `SEED` takes another one:
 * to explore, and to replay what fast-check printed.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_126) });

/** Byte by byte as members of an object, a dump of a database takes most of the time of the tests that compare one. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) =>
    one instanceof Uint8Array && other instanceof Uint8Array && one.constructor === other.constructor
      ? Buffer.compare(one, other) === 0
      : undefined,
]);

import fc from 'fast-check';

/**
 * The same seed in every run, so that a run turns red by a change of the code and by nothing else. `SEED` takes another one:
 * to explore, and to replay what fast-check printed.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_126) });

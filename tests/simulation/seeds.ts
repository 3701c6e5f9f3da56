/** Replays one run: `SEED=123 npm run test:simulation`. */
export const SEED: number | undefined = process.env.SEED ? Number(process.env.SEED) : undefined;

/** How many seeded worlds, and as many interleavings twice over: 500 and 1,000 by default, more at night. */
export const SEEDS = process.env.SEEDS ? Number(process.env.SEEDS) : 500;

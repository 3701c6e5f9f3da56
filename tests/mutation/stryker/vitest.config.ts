import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What kills mutants of the vault, with random runs short enough to be repeated for each. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  test: {
    include: ['tests/vault/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/support/seed.ts'],
    testTimeout: 20_000,
    env: { SAVES: '4000', SEQUENCES: '40', SEEDS: '40', COMMITS: '150' },
  },
});

import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { plant } from './plant.ts';

const name = process.env.PLANTED;

/** The suites of the core in Node, with the bug that `PLANTED` names; without it, as they are. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  plugins: name ? [plant(name)] : [],
  test: {
    include: ['tests/{simulation,vault,engines}/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/support/setup.ts'],
    testTimeout: 30_000,
  },
});

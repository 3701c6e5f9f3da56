import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * What kills mutants of the vault: the tests of its behaviour that `STRYKER_TESTS` names, each of them repeated for every mutant.
 * Long random runs and measurements are left out; they find what nobody thought of, and here every change is thought of.
 */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    include: (process.env.STRYKER_TESTS ?? '').split(',').map((name) => `tests/vault/${name}.test.ts`),
    testNamePattern:
      /^(?!.*(the log is bounded|sequences of saves|flip is found|every bit of|of very many removed|takes time in proportion|300 stores|one readwrite transaction)).*$/,
    environment: 'node',
    // The modules of all files are loaded once for a mutant: most of a short run is loading.
    isolate: false,
    setupFiles: ['tests/support/setup.ts'],
    testTimeout: 20_000,
    env: { SEQUENCES: '60' },
  },
});

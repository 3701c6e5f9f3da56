import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `STRYKER_TESTS` takes fewer, such as those named after the file whose mutants are run. */
const TESTS =
  process.env.STRYKER_TESTS ?? 'append,canonical,damage,fold,history,layout,proven-points,races,retention';

/**
 * What kills mutants of the vault: the tests of its behaviour, each of them repeated for every mutant. Long random runs are left
 * out; they find what nobody thought of, and here every change is thought of.
 */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    include: [`tests/vault/{${TESTS}}.test.ts`],
    testNamePattern: /^(?!.*(the log is bounded|sequences of saves|flip is found|every bit of)).*$/,
    environment: 'node',
    setupFiles: ['tests/support/setup.ts'],
    testTimeout: 20_000,
    env: { SEQUENCES: '60' },
  },
});

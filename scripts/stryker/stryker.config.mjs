/** The mutants of one run: the files are named by whoever starts it (`scripts/stryker.ts`). */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/stryker/vitest.config.ts', related: false },
  // Ours has imports that end in `.ts`; Stryker would rewrite it, and needs none.
  tsconfigFile: 'no-tsconfig.json',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: '.cache/stryker',
  cleanTempDir: 'always',
  ignorePatterns: [
    'bench',
    'dist',
    'docs',
    'public',
    'reports',
    'server',
    '.ci',
    'tests/e2e',
    'tests/browser',
  ],
  reporters: ['clear-text', 'json', 'event-recorder'],
  eventReporter: { baseDir: 'reports/stryker-events' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/stryker.json' },
};

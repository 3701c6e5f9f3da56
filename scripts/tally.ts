import type { Reporter, TestModule } from 'vitest/node';

/** Ends each run with `N passed, N failed`, the line that scripts outside the repository read. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) tally.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') tally[state] += 1;
      }
    }
    const skipped = tally.skipped ? `, ${tally.skipped} skipped` : '';
    console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
  }
}

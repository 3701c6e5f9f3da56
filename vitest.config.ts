import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './scripts/chromium.ts';

const slow = { testTimeout: 20_000, hookTimeout: 20_000 };

const inChromium = {
  browser: {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: chromiumLaunch() }),
    instances: [{ browser: 'chromium' as const }],
  },
  ...slow,
};

/** Journeys look at the clock, and each has a browser of its own. */
const journeys = {
  environment: 'node',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  fileParallelism: false,
};

export default defineConfig({
  test: {
    reporters: ['default', './scripts/tally.ts'],
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**', 'tests/e2e/**', 'tests/kill/**'],
          environment: 'node',
          setupFiles: ['tests/support/setup.ts'],
          // By default one core is left idle, and two are often all there are. Time is simulated here.
          maxWorkers: 2,
          ...slow,
        },
      },
      {
        plugins: [react(), tailwindcss()],
        // Found beforehand, or a half-warm cache loads React twice in the middle of a run.
        optimizeDeps: { include: ['react', 'react-dom/client', 'react/jsx-dev-runtime'] },
        test: { name: 'chromium', include: ['tests/browser/**/*.test.{ts,tsx}'], ...inChromium },
      },
      // The generated paths once more, over the real IndexedDB: minutes, so they have a script of their own.
      { test: { name: 'walks', include: ['tests/paths/*.test.ts'], ...inChromium } },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: ['tests/e2e/diskDamage.test.ts'],
          ...journeys,
        },
      },
      { test: { name: 'disk', include: ['tests/e2e/diskDamage.test.ts'], ...journeys } },
    ],
  },
});

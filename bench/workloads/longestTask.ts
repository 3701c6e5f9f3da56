import { takeTurns, type Workload } from '../workload.ts';

const SAVES = 10;

export const longestTask: Workload = {
  name: 'longest-task',
  title: 'Longest task of the main thread while saving ten times',
  unit: 'ms',
  sizes: [10_000],
  run: (setting) =>
    takeTurns('longest-task', setting, async (page) => [
      await page.evaluate((times) => window.bench.longestTask(times), SAVES),
    ]),
};

import { takeTurns, type Workload } from '../workload.ts';

const SAVES = 50;

export const burst: Workload = {
  name: 'burst',
  title: '50 saves of one template that nobody waits for, until the last is durable',
  unit: 'ms',
  sizes: [100, 1_000],
  run: (setting) =>
    takeTurns('burst', setting, async (page) => [
      await page.evaluate((times) => window.bench.burst(times), SAVES),
    ]),
};

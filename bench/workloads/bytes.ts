import { takeTurns, type Workload } from '../workload.ts';

const SAVES = 10;

export const bytes: Workload = {
  name: 'bytes',
  title: 'Bytes given to storage by one save',
  unit: 'KB',
  sizes: [100, 1_000, 10_000],
  contenders: ['raw', 'ours'],
  run: (setting) =>
    takeTurns('bytes', setting, async (page) => [
      (await page.evaluate((times) => window.bench.bytesWritten(times), SAVES)) / 1_000,
    ]),
};

import { takeTurns, type Workload } from '../workload.ts';

const TIMES = 15;

export const durability: Workload = {
  name: 'durability',
  title: 'Save with and without the flush to the disk',
  unit: 'ms',
  sizes: [100],
  contenders: ['ours', 'ours (relaxed)'],
  run: (setting) =>
    takeTurns('durability', setting, (page) => page.evaluate((times) => window.bench.save(times), TIMES)),
};

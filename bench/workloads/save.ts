import { takeTurns, type Workload } from '../workload.ts';

/** Fewer of the slow ones: the median settles early where a save takes long. */
const timesOf = (size: number) => (size >= 10_000 ? 3 : size >= 1_000 ? 6 : 15);

export const save: Workload = {
  name: 'save',
  title: 'Save after one edit',
  unit: 'ms',
  sizes: [10, 100, 1_000, 10_000],
  run: (setting) =>
    takeTurns('save', setting, (page) =>
      page.evaluate((times) => window.bench.save(times), timesOf(setting.size)),
    ),
};

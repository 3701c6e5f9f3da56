import { median } from '../statistics.ts';
import { prepared, type Row, readBack, type Workload } from '../workload.ts';

/** A fold of a large vault takes seconds, and there is nobody to take turns with. */
const MOST_ROUNDS = 3;

/** Rows: `fold` (the whole of it), `fold-saves` (saves meanwhile), `fold-task` (longest task of the page meanwhile). */
export const fold: Workload = {
  name: 'fold',
  title: 'A fold in a worker while the page goes on saving: the whole of it',
  unit: 'ms',
  sizes: [100, 1_000, 10_000],
  contenders: ['ours (vault)'],
  async run(setting) {
    const { arena, contenders, size, rounds } = setting;
    const pages = await prepared(setting);
    const rows: Row[] = [];
    for (const contender of contenders) {
      const row = (workload: string): Row => ({ workload, contender, size, samples: [] });
      const [whole, saves, task] = [row('fold'), row('fold-saves'), row('fold-task')];
      for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
        const found = await pages.get(contender)?.evaluate(() => window.bench.foldAside());
        if (!found) continue;
        whole.samples.push(found.fold);
        saves.samples.push(median(found.saves));
        task.samples.push(found.longestTask);
      }
      rows.push(whole, saves, task);
    }
    await readBack(arena, setting, pages);
    return rows;
  },
};

import type { Page } from 'playwright-core';
import { rotated } from '../statistics.ts';
import { prepared, type Row, readBack, takeTurns, type Workload } from '../workload.ts';

export const load: Workload = {
  name: 'load',
  title: 'Load of the whole collection, warm page',
  unit: 'ms',
  sizes: [100, 1_000, 10_000],
  run: (setting) =>
    takeTurns('load', setting, async (page) => [await page.evaluate(() => window.bench.load())]),
};

export const freshLoad: Workload = {
  name: 'fresh-load',
  title: 'Load of the whole collection in a fresh page',
  unit: 'ms',
  sizes: [1_000, 10_000],
  async run(setting) {
    const { arena, contenders, size, rounds } = setting;
    const pages = await prepared(setting);
    await readBack(arena, setting, pages);
    const rows = contenders.map(
      (contender): Row => ({ workload: 'fresh-load', contender, size, samples: [] }),
    );
    for (let round = 0; round <= rounds; round += 1) {
      for (const row of rotated(rows, round)) {
        const page: Page = await arena.enter(row.contender, size);
        const ms = await page.evaluate(() => window.bench.load());
        await page.close();
        if (round > 0) row.samples.push(ms);
      }
    }
    return rows;
  },
};

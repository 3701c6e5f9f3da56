import type { Page } from 'playwright-core';
import { rotated } from '../statistics.ts';
import type { Row, Setting, Workload } from '../workload.ts';

const SAVES = 10;

/** Several sizes in turn, so that one can be held against another. Nothing else is measured meanwhile. */
async function scaled(name: string, sizes: readonly number[], { arena, rounds }: Setting): Promise<Row[]> {
  const rows = sizes.map((size): Row => ({ workload: name, contender: 'ours', size, samples: [] }));
  const pages = new Map<number, Page>();
  for (const size of sizes) {
    const page = await arena.enter('ours', size, `ours, ${size}`);
    await page.evaluate(() => window.bench.prepare());
    pages.set(size, page);
  }
  for (let round = 0; round <= rounds; round += 1) {
    for (const { size, samples } of rotated(rows, round)) {
      const measured = (await pages.get(size)?.evaluate((times) => window.bench.save(times), SAVES)) ?? [];
      if (round > 0) samples.push(...measured);
    }
  }
  return rows;
}

export const scale: Workload = {
  name: 'scale',
  title: 'Save after one edit of ours, sizes in turn',
  unit: 'ms',
  sizes: [10_000],
  contenders: ['ours'],
  run: (setting) => scaled('scale', [100, 10_000], setting),
};

export const hugeScale: Workload = {
  name: 'huge-scale',
  title: 'The same with 100,000 templates',
  unit: 'ms',
  sizes: [100_000],
  contenders: ['ours'],
  run: (setting) => scaled('huge-scale', [100, 100_000], setting),
};

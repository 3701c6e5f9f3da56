import type { Page } from 'playwright-core';
import type { Arena } from './arena.ts';
import { rotated } from './statistics.ts';

/** What was measured for one contender at one size; milliseconds unless the workload says otherwise. */
export interface Row {
  workload: string;
  contender: string;
  size: number;
  samples: number[];
}

/** What is asked of one run. */
export interface Setting {
  arena: Arena;
  contenders: readonly string[];
  size: number;
  rounds: number;
}

export interface Workload {
  readonly name: string;
  /** One line over its table. */
  readonly title: string;
  readonly unit: 'ms' | 'KB';
  readonly sizes: readonly number[];
  /** Those it measures; all when left out. */
  readonly contenders?: readonly string[];
  run(setting: Setting): Promise<Row[]>;
}

type Measure = (page: Page, contender: string) => Promise<number[]>;

/**
 * Prepares every contender, lets them take turns (A B C, B C A, …), one round unmeasured, and then reads everything
 * back after a restart of the browser: what was fast because it was not kept does not count.
 */
export async function takeTurns(workload: string, setting: Setting, measure: Measure): Promise<Row[]> {
  const { arena, contenders, size, rounds } = setting;
  const pages = await prepared(setting);
  const rows = contenders.map((contender): Row => ({ workload, contender, size, samples: [] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const row of rotated(rows, round)) {
      const samples = await measure(pages.get(row.contender) as Page, row.contender);
      if (round > 0) row.samples.push(...samples);
    }
  }
  await readBack(arena, setting, pages);
  return rows;
}

/** A page for each contender, filled and with some history. */
export async function prepared({ arena, contenders, size }: Setting): Promise<Map<string, Page>> {
  const pages = new Map<string, Page>();
  for (const contender of contenders) {
    const page = await arena.enter(contender, size);
    await page.evaluate(() => window.bench.prepare());
    pages.set(contender, page);
  }
  return pages;
}

/** @throws Error when a contender does not give back, after a restart, what it said it had saved */
export async function readBack(
  arena: Arena,
  { contenders, size }: Setting,
  pages: ReadonlyMap<string, Page>,
): Promise<void> {
  const expected = new Map<string, string>();
  for (const [contender, page] of pages) {
    expected.set(contender, await page.evaluate(() => window.bench.expected()));
  }
  await arena.restart();
  for (const contender of contenders) {
    const page = await arena.enter(contender, size);
    const stored = await page.evaluate(() => window.bench.stored());
    await page.close();
    if (stored !== expected.get(contender))
      throw new Error(`${contender} did not keep what it saved (${size})`);
  }
}

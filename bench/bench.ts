import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from '../scripts/chromium.ts';
import { openArena } from './arena.ts';
import { buildPage, installContenders } from './build.ts';
import { goals } from './goals.ts';
import { peers } from './page/contenders/index.ts';
import { serve } from './server.ts';
import { tableOf } from './table.ts';
import type { Row } from './workload.ts';
import { workloads } from './workloads/index.ts';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const REPORT = fileURLToPath(new URL('../reports/bench.json', import.meta.url));

/**
 * `npm run bench`: peers side by side, in a real browser with its profile on disk. Only ratios within one run mean
 * anything.
 *
 * `WORKLOADS` and `CONTENDERS` (names, by commas), `SIZES`, `ROUNDS` (7). Writes `reports/bench.json`. With `--check`
 * it fails when a goal is missed, and names it.
 */
export async function main(options: readonly string[]): Promise<void> {
  const rounds = Number(process.env.ROUNDS ?? 7);
  const chosen = workloads.filter(({ name }) => isAsked('WORKLOADS', name));
  console.log(`WORKLOADS=${chosen.map(({ name }) => name)} ROUNDS=${rounds}`);
  ensureChromium();
  installContenders(ROOT);

  const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  await buildPage(ROOT, folder);
  const serving = serve(folder);
  const rows: Row[] = [];
  try {
    for (const workload of chosen) {
      const names = (workload.contenders ?? peers).filter((name) => isAsked('CONTENDERS', name));
      for (const size of workload.sizes.filter((each) => isAsked('SIZES', `${each}`))) {
        const arena = await openArena(serving);
        try {
          rows.push(...(await workload.run({ arena, contenders: names, size, rounds })));
        } finally {
          await arena.close();
        }
      }
      console.log(`\n${tableOf(workload, rows)}`);
    }
  } finally {
    await serving.close();
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(join(REPORT, '..'), { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify({ rounds, rows }, null, 1)}\n`);
  console.log(`\nWritten: ${REPORT}`);
  process.exitCode = report(rows, options.includes('--check')) ? 0 : 1;
}

/** Prints each goal. @returns whether all that were measured are met, or nobody asked */
function report(rows: readonly Row[], isAsked: boolean): boolean {
  const verdicts = goals.map((goal) => ({ ...goal, ...goal.judge(rows) }));
  console.log('\nGoals');
  for (const { id, text, found, isMet } of verdicts) {
    const mark = isMet === undefined ? '·' : isMet ? '✓' : '✗';
    console.log(`  ${mark} ${id}: ${text}: ${found ?? 'not measured'}`);
  }
  const missed = verdicts.filter(({ isMet }) => isMet === false);
  if (isAsked && missed.length > 0) console.log(`\nMissed: ${missed.map(({ id }) => id).join(', ')}`);
  return !isAsked || missed.length === 0;
}

/** @returns whether a list in the environment names it; without a list everything is asked for */
function isAsked(list: string, name: string): boolean {
  const asked = process.env[list];
  return asked === undefined || asked.split(',').includes(name);
}

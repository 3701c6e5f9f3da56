import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../../scripts/chromium.ts';
import type { BrowserName } from './browsers.ts';
import { buildPage } from './build.ts';
import { type Outcome, run } from './run.ts';
import { serve } from './server.ts';
import { damageSideFiles } from './sideFiles.ts';

/** Kills that the self-test may take to notice the planted fault. */
const PLANTED_KILLS = 6;
const ENGINES = ['indexeddb', 'localstorage'];

/**
 * `npm run test:kill`: SIGKILL of a real browser, with its profile on disk, in the middle of writes.
 *
 * `KILLS` (5), `ENGINE` (indexeddb, localstorage), `BROWSER` (chromium, firefox), `SEED`. Proves what a *process crash*
 * leaves behind; the system's cache outlives it, so it says nothing about a power cut.
 */
export async function main(): Promise<void> {
  const engine = process.env.ENGINE ?? 'indexeddb';
  const browser = (process.env.BROWSER ?? 'chromium') as BrowserName;
  const kills = Number(process.env.KILLS ?? 5);
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  if (!ENGINES.includes(engine)) throw new Error(`ENGINE is one of ${ENGINES.join(', ')}, not ${engine}`);
  console.log(`ENGINE=${engine} BROWSER=${browser} KILLS=${kills} SEED=${seed}`);
  if (browser === 'chromium') ensureChromium();

  const folder = mkdtempSync(join(tmpdir(), 'kill-page-'));
  await buildPage(folder);
  const serving = await serve(folder);
  const say = (line: string) => console.log(line);
  const tally = { passed: 0, failed: 0 };
  const note = (isPassed: boolean, title: string, findings: readonly string[] = []) => {
    tally[isPassed ? 'passed' : 'failed'] += 1;
    console.log(`${isPassed ? '✓' : '✗'} ${title}`);
    for (const finding of findings) console.log(`    ${finding}`);
  };

  try {
    if (engine === 'indexeddb') {
      const plant = 'acknowledge-on-success';
      const planted = await run({ engine, browser, kills: PLANTED_KILLS, seed, plant }, serving, { say });
      const isCaught = planted.findings.some((finding) => finding.includes('stored is write'));
      note(
        isCaught,
        '[F19] a store that acknowledges on success, not on complete, is caught losing writes',
        planted.findings,
      );
    }
    const real = await run({ engine, browser, kills, seed }, serving, {
      say,
      async afterwards(setting, landed) {
        if (browser !== 'chromium' || engine !== 'indexeddb') return;
        const damaged = await damageSideFiles(setting, landed, kills);
        note(
          damaged.findings.length === 0 && damaged.noticed > 0,
          `[F31] ${damaged.tried} side files taken away in turn, ${damaged.noticed} noticed: what is lost is named, the rest is there`,
          damaged.findings,
        );
      },
    });
    tally.passed += real.survived;
    tally.failed += kills - real.survived;
    console.log(`${real.survived === kills ? '✓' : '✗'} ${titleOf(real, { engine, kills })}`);
    for (const finding of real.findings) console.log(`    ${finding}`);
  } finally {
    serving.close();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
}

function titleOf(real: Outcome, { engine, kills }: { engine: string; kills: number }): string {
  const written = `${real.acknowledged} writes acknowledged, ${real.landedUnacknowledged} landed untold`;
  if (engine !== 'localstorage')
    return `[I1] [I2] ${real.survived} of ${kills} kills lost nothing: ${written}`;
  const lost = `${real.lost} lost, up to ${(real.lostMs / 1_000).toFixed(1)} s old`;
  return `[I2] ${real.survived} of ${kills} kills left one whole earlier state: ${written}, ${lost} (localStorage cannot do better)`;
}

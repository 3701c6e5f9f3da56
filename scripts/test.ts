import { spawnSync } from 'node:child_process';
import { ensureChromium } from './chromium.ts';

interface Step {
  name: string;
  command: string[];
}

const node = (script: string, ...args: string[]): string[] => [process.execPath, script, ...args];
const own = (script: string, ...args: string[]): string[] => node('scripts/run.mjs', script, ...args);

const vitest = (project: string): string[] =>
  node('node_modules/vitest/vitest.mjs', 'run', '--project', project);

/** What a contributor must pass, cheapest first. A step that fails does not hide the ones after it. */
const STEPS: Step[] = [
  { name: 'format, lint, layers', command: node('node_modules/@biomejs/biome/bin/biome', 'ci', '.') },
  { name: 'types', command: node('node_modules/typescript/bin/tsc') },
  { name: 'unused code and dependencies', command: node('node_modules/knip/bin/knip.js') },
  { name: 'diagrams are up to date', command: own('diagrams', '--check') },
  { name: 'build', command: node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn') },
  { name: 'size budgets', command: own('size') },
  // One after the other: journeys look at the clock, and two cores are few.
  { name: 'unit tests, paths, corpora, simulation', command: vitest('node') },
  { name: 'the same promises in Chromium', command: vitest('chromium') },
  { name: 'journeys through the built app', command: vitest('e2e') },
];

const TALLY = /^(\d+) passed, (\d+) failed/gm;

/** Runs one step, shows what it prints, and counts it: its own tally where it has one, else itself as one check. */
function run({ name, command }: Step): { passed: number; failed: number } {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const [file = '', ...args] = command;
  const { status, stdout } = spawnSync(file, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  });
  process.stdout.write(stdout);
  console.log(
    `── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  const tally = [...stdout.matchAll(TALLY)].at(-1);
  if (!tally) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const failed = Number(tally[2]);
  return { passed: Number(tally[1]), failed: status === 0 ? failed : Math.max(1, failed) };
}

/** `npm test`: finds or installs Chromium, runs every step, ends with `N passed, N failed`. */
export function main(): void {
  ensureChromium();
  const total = { passed: 0, failed: 0 };
  for (const step of STEPS) {
    const { passed, failed } = run(step);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HOME = 'scripts/stryker';
const REPORT = 'reports/stryker.json';

/** The files whose bugs would cost data, and no test of a feature would show. */
const CORE = ['append', 'canonical', 'cutPlan', 'follow', 'retention', 'undo', 'verify'];

/** Under this the run fails (durability 5). */
const LEAST_PERCENT = 85;

interface Report {
  files: Record<string, { mutants: { status: string }[] }>;
}

/**
 * Changes the code in every small way that Stryker knows, and counts what no test of the vault notices. What survives and may,
 * with its reason, is in `docs/mutants.md`.
 *
 * @param files  such as `src/vault/append.ts`; the core when none is named
 */
export function runStryker(files: readonly string[]): void {
  installStryker();
  const named = files.length > 0 ? files : CORE.map((name) => `src/vault/${name}.ts`);
  const stryker = `${HOME}/node_modules/@stryker-mutator/core/bin/stryker.js`;
  const args = [stryker, 'run', `${HOME}/stryker.config.mjs`, '--mutate', named.join(',')];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('Stryker did not come to its end');
  const { files: found } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  const [killed, survived] = [
    ['Killed', 'Timeout'],
    ['Survived', 'NoCoverage'],
  ].map((wanted) =>
    Object.values(found).reduce(
      (sum, { mutants }) => sum + mutants.filter(({ status }) => wanted.includes(status)).length,
      0,
    ),
  ) as [number, number];
  const percent = (100 * killed) / (killed + survived);
  console.log(`mutants: ${percent.toFixed(1)} % killed (at least ${LEAST_PERCENT})`);
  console.log(`${killed} passed, ${survived} failed`);
  if (percent < LEAST_PERCENT) process.exitCode = 1;
}

/** It has a package.json of its own, so that `npm ci` stays small. */
function installStryker(): void {
  const stamp = join(HOME, 'node_modules/.package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(HOME, 'package-lock.json')).mtimeMs)
    return;
  console.log(`Installing Stryker (${HOME}/package.json)`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: HOME,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('npm ci for Stryker failed');
}

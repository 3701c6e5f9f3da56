import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TESTS } from './stryker/tests.ts';

const HOME = 'scripts/stryker';
const REPORT = 'reports/stryker.json';

/** Under this the run fails (durability 5). */
const LEAST_PERCENT = 95;

interface Report {
  files: Record<string, { mutants: { status: string }[] }>;
}

interface Tally {
  killed: number;
  lived: number;
}

/**
 * Changes the code in every small way that Stryker knows, and counts what no test of the vault notices. What lives and may,
 * with its reason, is in `docs/mutants.md`.
 *
 * @param files  such as `src/vault/append.ts`; all of the vault when none is named
 */
export function runStryker(files: readonly string[]): void {
  installStryker();
  const named = files.length > 0 ? files : Object.keys(TESTS).map((name) => `src/vault/${name}.ts`);
  const all: Tally = { killed: 0, lived: 0 };
  for (const [tests, together] of byTests(named)) {
    for (const [file, { killed, lived }] of mutate(together, tests)) {
      console.log(`${file}: ${killed} of ${killed + lived} killed, by ${tests}`);
      all.killed += killed;
      all.lived += lived;
    }
  }
  const percent = (100 * all.killed) / (all.killed + all.lived);
  console.log(`mutants: ${percent.toFixed(1)} % killed (at least ${LEAST_PERCENT})`);
  console.log(`${all.killed} passed, ${all.lived} failed`);
  if (percent < LEAST_PERCENT) process.exitCode = 1;
}

/** Files with the same tests share a run. `STRYKER_TESTS` takes others for all of them. */
function byTests(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const name = /(\w+)\.ts(:[\d:-]+)?$/.exec(file)?.[1] ?? '';
    const tests = process.env.STRYKER_TESTS ?? TESTS[name] ?? Object.values(TESTS).join();
    groups.set(tests, [...(groups.get(tests) ?? []), file]);
  }
  return groups;
}

function mutate(files: readonly string[], tests: string): [file: string, Tally][] {
  const stryker = `${HOME}/node_modules/@stryker-mutator/core/bin/stryker.js`;
  const args = [stryker, 'run', `${HOME}/stryker.config.mjs`, '--mutate', files.join(',')];
  const env = { ...process.env, STRYKER_TESTS: [...new Set(tests.split(','))].join() };
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (status !== 0) throw new Error('Stryker did not come to its end');
  const { files: found } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  return Object.entries(found).map(([file, { mutants }]) => {
    const count = (...wanted: string[]) => mutants.filter(({ status }) => wanted.includes(status)).length;
    return [file, { killed: count('Killed', 'Timeout'), lived: count('Survived', 'NoCoverage') }];
  });
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

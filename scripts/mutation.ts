import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLANTED, type Planted } from '../tests/mutation/planted.ts';

/** As many as the machine's cores would only slow each other down. */
const AT_ONCE = 2;

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { message: string; assertionResults: { status: string; title: string; fullName: string }[] }[];
}

/** Runs the tests whose title names the promise; stops at the first that fails. */
async function runTests(
  bug: Planted | undefined,
  promises: readonly string[],
  folder: string,
): Promise<Report> {
  const output = join(folder, `${bug ? PLANTED.indexOf(bug) : 'sound'}.json`);
  const args = [
    'run',
    '--config',
    'tests/mutation/vitest.config.ts',
    '--maxWorkers',
    '1',
    '--reporter',
    'json',
  ];
  const filter = ['-t', `\\[(${promises.join('|')})\\]`, '--bail', '1'];
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', ...args, '--outputFile', output, ...filter],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PLANTED: bug?.name ?? '' },
    },
  );
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  await new Promise((resolve) => child.on('exit', resolve));
  try {
    return JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    throw new Error(`No report: ${errors.slice(-2_000)}`);
  }
}

/** The title of the test that failed, or `undefined` when the bug lives. */
function killerOf(report: Report): string | undefined {
  const failed = report.testResults.flatMap((file) =>
    file.assertionResults.filter(({ status }) => status === 'failed'),
  );
  return failed[0]?.title;
}

async function hunt(bug: Planted, folder: string): Promise<boolean> {
  const report = await runTests(bug, [bug.promise], folder);
  const killer = killerOf(report);
  if (killer) console.log(`killed    ${bug.name}\n          by ${killer}`);
  else
    console.log(
      `SURVIVED  ${bug.name}\n          no test of [${bug.promise}] fails (${report.numPassedTests} passed)`,
    );
  return killer !== undefined;
}

/**
 * `npm run test:mutation`: plants each bug of `tests/mutation/planted.ts` and expects a test named for its promise to fail.
 * `ONLY` takes a part of a name.
 */
export async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  const only = process.env.ONLY;
  const bugs = PLANTED.filter(({ name }) => !only || name.includes(only));
  const tally = { killed: 0, survived: 0 };
  try {
    const promises = [...new Set(bugs.map(({ promise }) => promise))];
    const sound = await runTests(undefined, promises, folder);
    if (sound.numFailedTests > 0 || sound.numPassedTests === 0) {
      throw new Error(
        `Without a bug ${sound.numFailedTests} tests fail: mend that first (${killerOf(sound)})`,
      );
    }
    const queue = [...bugs];
    const worker = async () => {
      for (let bug = queue.shift(); bug; bug = queue.shift()) {
        if (await hunt(bug, folder)) tally.killed += 1;
        else tally.survived += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`\nplanted bugs: ${tally.killed} of ${bugs.length} killed by a test named for the promise`);
  console.log(`${tally.killed} passed, ${tally.survived} failed`);
  if (tally.survived > 0 || bugs.length === 0) process.exitCode = 1;
}

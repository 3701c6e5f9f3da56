import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLANTED, type Planted } from '../tests/mutation/planted.ts';
import { runStryker } from './stryker.ts';

/** As many as the machine's cores would only slow each other down. */
const AT_ONCE = 2;

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    message: string;
    status: string;
    assertionResults: { status: string; title: string; failureMessages: string[] }[];
  }[];
}

const SUITES = ['tests/simulation', 'tests/vault', 'tests/engines'];

/** The test files that name one of the promises: loading the others would take longer than running these. */
function filesNaming(promises: readonly string[]): string[] {
  const files = SUITES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return files.filter((file) => {
    if (!file.endsWith('.test.ts')) return false;
    const text = readFileSync(file, 'utf8');
    return promises.some((promise) => text.includes(`[${promise}]`));
  });
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
  const filter = [...filesNaming(promises), '-t', `\\[(${promises.join('|')})\\]`, '--bail', '1'];
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', ...args, '--outputFile', output, ...filter],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PLANTED: bug?.name ?? '', SEEDS: process.env.SEEDS ?? '60' },
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

/** What ended a run: a test that failed for what it promises, or something that proves nothing. */
type Verdict =
  | { kind: 'killed'; by: string }
  | { kind: 'survived'; passed: number }
  /** A file that did not even load, a fixture that failed, a deadline that passed. */
  | { kind: 'broken'; why: string };

function judge(report: Report): Verdict {
  const failed = report.testResults.flatMap((file) =>
    file.assertionResults.filter(({ status }) => status === 'failed'),
  );
  const [killer] = failed.filter(({ failureMessages }) => !failureMessages.join().includes('timed out in'));
  if (killer) return { kind: 'killed', by: killer.title };
  if (failed[0]) return { kind: 'broken', why: `${failed[0].title}: timed out` };
  const file = report.testResults.find(({ status }) => status === 'failed');
  if (file) return { kind: 'broken', why: file.message.slice(0, 300) };
  if (report.numPassedTests === 0) return { kind: 'broken', why: 'no test ran' };
  return { kind: 'survived', passed: report.numPassedTests };
}

/** @returns whether a test named for the promise failed */
async function hunt(bug: Planted, folder: string): Promise<boolean> {
  const verdict = judge(await runTests(bug, [bug.promise], folder));
  switch (verdict.kind) {
    case 'killed':
      console.log(`killed    ${bug.name}\n          by ${verdict.by}`);
      return true;
    case 'survived':
      console.log(`SURVIVED  ${bug.name}\n          ${verdict.passed} tests of [${bug.promise}] pass`);
      return false;
    case 'broken':
      console.log(`UNPROVEN  ${bug.name}\n          ${verdict.why}`);
      return false;
  }
}

/**
 * `npm run test:mutation`: plants each bug of `tests/mutation/planted.ts` and expects a test named for its promise to fail.
 * `ONLY` takes a pattern for their names.
 *
 * `npm run test:mutation -- --stryker [files]`: mutants by Stryker instead; much longer. `PLANTED_ONLY=1` never does that.
 */
export async function main([option, ...files]: readonly string[]): Promise<void> {
  if (option === '--stryker' && !process.env.PLANTED_ONLY) return runStryker(files);
  await plantAll();
}

async function plantAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  const only = new RegExp(process.env.ONLY ?? '');
  const bugs = PLANTED.filter(({ name }) => only.test(name));
  const tally = { killed: 0, survived: 0 };
  try {
    const promises = [...new Set(bugs.map(({ promise }) => promise))];
    const prove = async () => {
      const calm = judge(await runTests(undefined, promises, folder));
      if (calm.kind !== 'survived')
        throw new Error(`Without a bug: ${JSON.stringify(calm)}. Mend that first`);
    };
    const queue = [...bugs];
    const worker = async () => {
      for (let bug = queue.shift(); bug; bug = queue.shift()) {
        if (await hunt(bug, folder)) tally.killed += 1;
        else tally.survived += 1;
      }
    };
    // A red test kills nothing unless all are green without a bug.
    await Promise.all([prove().then(worker), ...Array.from({ length: AT_ONCE - 1 }, worker)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`\nplanted bugs: ${tally.killed} of ${bugs.length} killed by a test named for the promise`);
  console.log(`${tally.killed} passed, ${tally.survived} failed`);
  if (tally.survived > 0 || bugs.length === 0) process.exitCode = 1;
}

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Flags that keep a headless Chromium quiet, and working for root and without a network. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function playwrightDownload(): string | undefined {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return undefined;
  const builds = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
  const paths = builds.flatMap((name) => [
    join(cache, name, 'chrome-linux/chrome'),
    join(cache, name, 'chrome-linux64/chrome'),
  ]);
  return paths.find((path) => existsSync(path));
}

/**
 * Finds a Chromium: `$CHROMIUM` or `$CHROME_PATH`, then Playwright's own download, then the usual system paths.
 *
 * @returns the path of the executable, or `undefined` when none is installed
 */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM ?? process.env.CHROME_PATH;
  if (named) return existsSync(named) ? named : undefined;
  return playwrightDownload() ?? SYSTEM_PATHS.find((path) => existsSync(path));
}

function run(command: string, args: string[]): void {
  console.log(`  $ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Finds a Chromium, or installs one and says so: with `apt-get` for root on Debian, else Playwright's download.
 *
 * @throws Error when neither way gave a browser
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) {
    console.log(`Chromium: ${found}`);
    return found;
  }
  console.log('Chromium: none found, installing it');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (!installed) throw new Error('No Chromium could be installed; set CHROMIUM to the path of one');
  console.log(`Chromium: ${installed}`);
  return installed;
}

/** Launch options for Playwright: executable and flags; without a sandbox only for root, where Chromium refuses one. */
export function chromiumLaunch(): { executablePath?: string; args: string[] } {
  const executablePath = findChromium();
  const args = process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS;
  return executablePath ? { executablePath, args } : { args };
}

/** `node scripts/run.mjs chromium`: the pre-step of every script that needs the browser. */
export const main = (): void => void ensureChromium();

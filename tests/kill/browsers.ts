import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumLaunch } from '../../scripts/chromium.ts';

export type BrowserName = 'chromium' | 'firefox';

/** A running browser in a process group of its own, so that a kill ends all of it and nothing else. */
export interface Running {
  /** SIGKILL to the whole group. Resolves once no process of it is left: one that outlives its test corrupts the next. */
  kill(): Promise<void>;
}

/** Quiet, offline, and no second window. */
const FIREFOX_PREFERENCES = [
  'user_pref("browser.shell.checkDefaultBrowser", false);',
  'user_pref("browser.aboutwelcome.enabled", false);',
  'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
  'user_pref("app.update.auto", false);',
  'user_pref("browser.sessionstore.resume_from_crash", false);',
  'user_pref("toolkit.startup.max_resumed_crashes", -1);',
];
const FIREFOX_PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
const GONE_DEADLINE_MS = 10_000;

/** Starts a browser on a profile on disk and sends it to a page. */
export function start(name: BrowserName, { profile, url }: { profile: string; url: string }): Running {
  const [file, args, home] = name === 'chromium' ? chromium(profile, url) : firefox(profile, url);
  const child = spawn(file, args, {
    detached: true,
    stdio: 'ignore',
    env: home ? { ...process.env, HOME: home } : process.env,
  });
  return { kill: () => killGroup(child) };
}

function chromium(profile: string, url: string): [string, string[], undefined] {
  const { executablePath, args } = chromiumLaunch();
  if (!executablePath) throw new Error('No Chromium found; set CHROMIUM to the path of one');
  // A killed browser leaves its lock behind, and the next one would wait for a process that is gone.
  for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    rmSync(join(profile, lock), { force: true });
  return [executablePath, [...args, '--headless=new', `--user-data-dir=${profile}`, url], undefined];
}

function firefox(profile: string, url: string): [string, string[], string] {
  const file = process.env.FIREFOX ?? FIREFOX_PATHS.find((path) => existsSync(path));
  if (!file) throw new Error('No Firefox found; set FIREFOX to the path of one');
  writeFileSync(join(profile, 'user.js'), FIREFOX_PREFERENCES.join('\n'));
  return [file, ['--headless', '--no-remote', '--profile', profile, url], profile];
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (!child.pid) throw new Error('The browser did not start');
  const group = -child.pid;
  const deadline = Date.now() + GONE_DEADLINE_MS;
  while (signal(group, 'SIGKILL')) {
    if (Date.now() > deadline) throw new Error(`Process group ${child.pid} does not end`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @returns whether there was anybody left to receive it */
function signal(group: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(group, name);
    return !onlyZombies(-group);
  } catch {
    return false;
  }
}

/** A killed child stays in the table until its parent collects it; it holds no file and writes nothing. */
function onlyZombies(group: number): boolean {
  if (!existsSync('/proc/self/stat')) return false;
  const states = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // pid (name) state parent group …: the name may hold blanks and brackets.
      const [state = '', , ofGroup] =
        readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return Number(ofGroup) === group ? [state] : [];
    } catch {
      return [];
    }
  });
  return states.every((state) => state === 'Z');
}

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Installs the other libraries when they are missing or older than the lock file; `npm ci` of the project stays small. */
export function installContenders(root: string): void {
  const stamp = join(root, 'node_modules/.package-lock.json');
  const isFresh =
    existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  if (isFresh) return;
  console.log('Installing the libraries to measure against (bench/package.json)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('npm ci in bench failed');
}

/** Builds the page of all contenders into a folder, as an app would ship it. */
export async function buildPage(root: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'page'),
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
    worker: { format: 'es' },
  });
}

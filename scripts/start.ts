import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, preview } from 'vite';

const SOURCES = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'scripts/safeModePage.ts',
  'public',
  'src',
  'machines',
];

/** Milliseconds since 1970 of the newest change below a path; 0 when there is nothing. */
function newestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/**
 * Builds the app when the sources are newer than the build, then serves it on this machine only.
 *
 * @param port  0 takes any free one
 */
export async function serveApp(port: number): Promise<{ url: string; close(): Promise<void> }> {
  const sources = Math.max(...SOURCES.map(newestChange));
  if (newestChange('dist/index.html') < sources) await build({ logLevel: 'warn' });
  const server = await preview({ preview: { host: '127.0.0.1', port, strictPort: true }, logLevel: 'warn' });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error(`The app could not be served on port ${port}`);
  return { url, close: () => server.close() };
}

/** `npm start`: `PORT` (4173) changes the port. */
export async function main(): Promise<void> {
  const { url } = await serveApp(Number(process.env.PORT ?? 4173));
  console.log(`HL7 Helper Web: ${url}`);
}

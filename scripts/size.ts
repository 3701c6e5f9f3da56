import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;
/** What may reach a person before the first page is usable, and all of safe mode, gzipped (performance.md T14, ux.md 5 N). */
const BUDGETS = { js: 180 * KB, css: 12 * KB, safeMode: 6 * KB };
/** Tools for tests and builds; none of them may reach a person. Matched against the sources of the source maps. */
const NEVER_SHIPPED = ['@xstate/graph', 'fast-check', 'fake-indexeddb', 'elkjs', 'mermaid', '@medplum'];

const gzipped = (path: string): number => gzipSync(readFileSync(path)).length;
const show = (bytes: number): string => `${(bytes / KB).toFixed(1).padStart(7)} kB gz`;

/** `npm run size`: prints what the build weighs, and fails when the first load is over budget or ships a test tool. */
export function main(): void {
  if (!existsSync('dist/index.html')) throw new Error('Nothing is built yet: run `npm run build` first');
  const html = readFileSync('dist/index.html', 'utf8');
  const assets = readdirSync('dist/assets').filter((name) => /\.(js|css)$/.test(name));
  const first = { js: 0, css: 0 };
  for (const name of assets.sort()) {
    const bytes = gzipped(join('dist/assets', name));
    const initial = html.includes(name);
    if (initial) first[name.endsWith('.js') ? 'js' : 'css'] += bytes;
    console.log(`${show(bytes)}  ${initial ? 'first load' : 'on demand '}  ${name}`);
  }
  console.log(`${show(first.js)}  of ${BUDGETS.js / KB} kB: JavaScript of the first load`);
  console.log(`${show(first.css)}  of ${BUDGETS.css / KB} kB: CSS of the first load`);
  const safeMode = gzipped('dist/safe-mode.html');
  console.log(`${show(safeMode)}  of ${BUDGETS.safeMode / KB} kB: safe mode, one file`);

  const maps = readdirSync('dist/assets').filter((name) => name.endsWith('.map'));
  const sources = maps.flatMap(
    (name) => JSON.parse(readFileSync(join('dist/assets', name), 'utf8')).sources as string[],
  );
  const shipped = NEVER_SHIPPED.filter((tool) =>
    sources.some((source) => source.includes(`node_modules/${tool}`)),
  );
  if (shipped.length > 0) console.error(`Test tools in the app: ${shipped.join(', ')}`);
  const over = first.js > BUDGETS.js || first.css > BUDGETS.css || safeMode > BUDGETS.safeMode;
  if (over) console.error('The first load or safe mode is over its budget');
  process.exitCode = over || shipped.length > 0 ? 1 : 0;
}

// Node 20 does not run TypeScript by itself; Vite does. `node scripts/run.mjs diagrams --check` runs scripts/diagrams.ts.
import { runnerImport } from 'vite';

const [name, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], `scripts/${name}.ts`, ...rest];
const mode = process.env.NODE_ENV;
const { module } = await runnerImport(`./scripts/${name}.ts`, { configFile: false, logLevel: 'error' });
// The loader says `development`, and a build that a script starts would believe it.
if (mode === undefined) delete process.env.NODE_ENV;
await module.main?.(rest);

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';

const FOLDER = 'src/safeMode';

/**
 * Builds `/safe-mode.html`: one file, with its style and script in it, that needs nothing of the app.
 *
 * It is made beside the app and not with it: a page that must work when the app's scripts do not may share none of them.
 */
export function safeModePage(): Plugin {
  return {
    name: 'safe-mode-page',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'safe-mode.html', source: await makePage() });
    },
    configureServer(server) {
      server.middlewares.use('/safe-mode.html', (_request, response, next) => {
        makePage().then((html) => response.setHeader('Content-Type', 'text/html').end(html), next);
      });
    },
  };
}

async function makePage(): Promise<string> {
  const style = squeezed(readFileSync(`${FOLDER}/page.css`, 'utf8')).replace(
    / ?([{};,]) ?|: /g,
    (_, sign) => sign ?? ':',
  );
  const script = await makeScript();
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return squeezed(readFileSync(`${FOLDER}/page.html`, 'utf8'))
    .replace('<!-- policy -->', `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script>${script}</script>`);
}

async function makeScript(): Promise<string> {
  const made = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `${FOLDER}/main.ts`, formats: ['iife'], name: 'safeMode' },
    },
  });
  const [result] = Array.isArray(made) ? made : [made];
  const script = result && 'output' in result ? result.output[0].code.trim() : '';
  if (script === '') throw new Error('The script of safe mode came out empty');
  return script;
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

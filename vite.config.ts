import { createHash } from 'node:crypto';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { safeModePage } from './scripts/safeModePage.ts';

const INLINE_SCRIPT = /<script>([\s\S]*?)<\/script>/g;

/**
 * Writes a strict Content Security Policy into the built page: nothing is fetched, sent or run that is not ours, and
 * the one inline script (theme before paint) is allowed by its hash.
 *
 * Only for the build: Vite's development client needs inline scripts and a web socket.
 */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
          ([, script]) =>
            `'sha256-${createHash('sha256')
              .update(script ?? '')
              .digest('base64')}'`,
        );
        const policy = [
          "default-src 'none'",
          `script-src 'self' ${hashes.join(' ')}`,
          "style-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'self'",
          "manifest-src 'self'",
          "worker-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; ');
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
        return html.replace('<meta charset="utf-8" />', `<meta charset="utf-8" />\n    ${meta}`);
      },
    },
  };
}

/** What a state is for, in words: for those who read the machines, who do not read the build. */
const DESCRIPTION = /^\s*description:\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?\n/gm;

/** Leaves the descriptions of states out of the build: a tenth of what the machines weigh there. */
function withoutDescriptions(): Plugin {
  return {
    name: 'without-descriptions',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/]machines[\\/][^\\/]+\.machine\.ts$/ },
      handler: (code) => ({ code: code.replace(DESCRIPTION, ''), map: null }),
    },
  };
}

/** Doors that name all there is behind them, while the first load uses a part. */
const DOORS = /[\\/]src[\\/]hl7[\\/]index\.ts$|[\\/]lucide-react[\\/]dist[\\/]esm[\\/]lucide-react\./;
const firstLoad = new Set<string>();

/** Notes what the page needs before anything else is asked for: all that its entry imports, however far. */
function noteFirstLoad(): Plugin {
  return {
    name: 'note-first-load',
    apply: 'build',
    buildEnd() {
      firstLoad.clear();
      const note = (id: string): void => {
        if (firstLoad.has(id) || DOORS.test(id)) return;
        firstLoad.add(id);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) note(imported);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) note(id);
    },
  };
}

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    contentSecurityPolicy(),
    withoutDescriptions(),
    safeModePage(),
    noteFirstLoad(),
  ],
  base: './',
  // The size budget is held by `npm run size`, in compressed bytes; this only keeps Vite from repeating itself.
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 560,
    // What every page needs anyway, in two pieces: they compress better than sixty, and are fetched in one go.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|xstate|idb|wouter|zod|@noble)\//,
            },
            { name: 'app', test: (id) => firstLoad.has(id) },
          ],
        },
      },
    },
  },
});

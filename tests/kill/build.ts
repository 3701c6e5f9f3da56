import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the page from the real sources. @returns nothing; the files are in `folder` */
export async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./page', import.meta.url)),
    base: './',
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: 'es2023', minify: false },
    worker: { format: 'es' },
  });
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const OWN = resolve(import.meta.dirname, 'own');
const SHARED = resolve(import.meta.dirname, '../../../shared/corpus');

/** The corpus to run: `CORPUS_DIR`, else the shared one where it is there, else the project's own. */
export const corpusFolder = process.env.CORPUS_DIR
  ? resolve(process.env.CORPUS_DIR)
  : existsSync(SHARED)
    ? SHARED
    : OWN;

/** Bytes of a file of the corpus; `undefined` where this corpus has no such part. */
export function readCorpusFile(...path: string[]): Uint8Array | undefined {
  const file = join(corpusFolder, ...path);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
}

/** An index of the corpus; `undefined` where this corpus has no such part. */
export function readCorpusJson(...path: string[]): unknown {
  const bytes = readCorpusFile(...path);
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}

/** Names of the files in a folder of the corpus, sorted; none where this corpus has no such part. */
export function listCorpusFiles(folder: string): string[] {
  const path = join(corpusFolder, folder);
  return existsSync(path) ? readdirSync(path).sort() : [];
}

/** The line that each runner prints, so that nobody mistakes a skipped case for a pass. */
export function reportRun(part: string, run: number, skipped: readonly string[]): void {
  const names = skipped.length > 0 ? `: ${skipped.join(' ')}` : '';
  console.log(`${part}: ${run} of ${run + skipped.length} run, ${skipped.length} skipped${names}`);
}

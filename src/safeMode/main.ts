import { sayFound } from './findings.ts';
import { readLines } from './lines.ts';
import { offer, paint, say, showPlaces } from './show.ts';
import { readStored, readTexts } from './stored.ts';
import { templatesIn } from './templates.ts';
import { wholeFile } from './wholeFile.ts';

/** Safe mode: shows what is stored and hands it out, with no code of the app. Writes nothing anywhere. */
async function start(): Promise<void> {
  const texts = readTexts();
  paint(texts['hl7-helper-web.theme-echo']);
  const stored = await readStored(texts);
  const told = readLines(stored);
  const templates = await templatesIn(stored, told);
  showPlaces(stored);
  offer('all', 'stored', () => wholeFile(stored, new Date().toISOString()));
  if (templates.rows.length > 0)
    offer('templates', 'templates', () => JSON.stringify(templates.rows, null, 1));
  say(sayFound(stored, told, templates));
}

start().catch((error: unknown) => say([`Reading stopped: ${error}. Nothing was changed.`]));

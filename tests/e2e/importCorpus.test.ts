import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import type { ImportCase } from '../corpus/importCases.ts';
import { corpusFolder, readCorpusJson, reportRun } from '../corpus/location.ts';
import { App } from './support/app.ts';
import { Profile } from './support/browser.ts';
import { rawDump } from './support/rawDump.ts';

/** Every so many: all of them go through the checker and the machine in Node. */
const STEP = 15;
const PREVIEW = 'What this import would do';
const NOTHING = 'Everything in this file is already here';
const REFUSED = 'This file can’t be imported';

let server: Awaited<ReturnType<typeof serveApp>>;
let profile: Profile;

beforeAll(async () => {
  server = await serveApp(0);
  profile = new Profile();
});
afterAll(async () => {
  await profile.remove();
  await server.close();
});

test('[I5] files of the corpus, through the browser’s own chooser: what each is, and not a byte changes before Import', async () => {
  const { page, offences } = await profile.visit(server.url);
  const app = new App(page);
  await app.saved();
  await app.open('Data');
  const before = await rawDump(page);
  const cases = (readCorpusJson('import', 'index.json') ?? []) as ImportCase[];
  const sample = cases.filter((_, at) => at % STEP === 0);
  expect(sample.length).toBeGreaterThan(0);
  for (const { file, expect: expected, alsoAcceptable = [] } of sample) {
    await page.getByRole('button', { name: 'Import…', exact: true }).click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Drop a file here/ }).click();
    await (await choosing).setFiles(join(corpusFolder, 'import', file));
    const title = page.getByRole('heading', {
      level: 2,
      name: new RegExp(`^(${PREVIEW}|${NOTHING}|${REFUSED})$`),
    });
    const isRefused = (await title.innerText()) === REFUSED;
    const outcomes = [expected, ...alsoAcceptable];
    expect([file, outcomes.some((one) => (one === 'reject') === isRefused)]).toEqual([file, true]);
    // What a machine opened takes nothing for a moment (ux 3.2).
    await page.waitForTimeout(500);
    await page.keyboard.press('Escape');
    await title.waitFor({ state: 'detached' });
  }
  expect(await rawDump(page)).toEqual(before);
  expect(offences).toEqual({ console: [], requests: [] });
  reportRun('import, through the file chooser', sample.length, []);
});

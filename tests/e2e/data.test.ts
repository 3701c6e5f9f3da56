import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
import { findings } from './support/axe.ts';
import { Profile, type Visit } from './support/browser.ts';
import { rawDump } from './support/rawDump.ts';

let server: Awaited<ReturnType<typeof serveApp>>;
let profile: Profile;
let visit: Visit;
let page: Page;
let app: App;

beforeAll(async () => {
  server = await serveApp(0);
});
afterAll(() => server.close());
beforeEach(async () => {
  profile = new Profile();
  visit = await profile.visit(server.url);
  page = visit.page;
  app = new App(page);
  await app.saved();
});
afterEach(() => profile.remove());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const title = (name: string) => page.getByRole('heading', { level: 2, name, exact: true });
/** What stands around the words of a notice: its buttons. */
const notice = (words: string) =>
  page.getByText(words, { exact: true }).locator('xpath=ancestor::*[.//button][1]');
/** A step that came up takes nothing for a moment (ux 3.2). */
const quiet = () => page.waitForTimeout(500);

/** Exports everything by the buttons, and keeps the downloaded file where a person would. */
async function exported(name: string): Promise<string> {
  await app.open('Data');
  await button('Export…').click();
  await title('Export to a file').waitFor();
  const downloading = page.waitForEvent('download');
  await button(/^Export( unencrypted)?$/).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^hl7-helper-backup-\d{4}-\d\d-\d\d\.json$/);
  const path = join(profile.folder, name);
  await download.saveAs(path);
  await page.getByText('Checked: the file opens and matches.').waitFor();
  return path;
}

/** Chooses a file in the browser's own chooser, which the button opens. */
async function choose(path: string): Promise<void> {
  await app.open('Data');
  await button('Import…').click();
  const choosing = page.waitForEvent('filechooser');
  await button(/^Drop a file here/).click();
  await (await choosing).setFiles(path);
}

async function deleteAll(names: readonly string[]): Promise<void> {
  await app.open('Templates');
  for (const name of names) {
    await button(`Delete “${name}”`).click();
    await page.getByText(`Deleted “${name}”.`).waitFor();
  }
  await page.getByText('No templates yet').waitFor();
}

/** Of the examples of the first start, what would tell who somebody is. */
const PATIENTS = ['DORA', '19000202', '19000303', '4 TEST STREET', 'TESTREGISTRY'];

describe('A file takes the data along', () => {
  test('[I5] [I18] [F71] exported, everything deleted, imported again, undone: each step is what it says', async () => {
    await app.open('Templates');
    const names = await app.templateNames();
    const file = await exported('all.json');
    await deleteAll(names);

    await choose(file);
    await title('What this import would do').waitFor();
    await page.getByText(`${names.length} new`, { exact: true }).first().waitFor();
    expect(await findings(page), 'the preview').toEqual([]);
    await quiet();
    await button(`Import ${names.length}`).click();
    await title('The import is saved').waitFor();
    await quiet();
    await button('Show imported').click();
    expect((await app.templateNames()).sort()).toEqual([...names].sort());

    // The notices of what was deleted may still be there, each with its own way back.
    await notice('The import is saved.').getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('No templates yet').waitFor();
    await app.saved();
    await page.reload();
    await page.getByText('No templates yet').waitFor();
    expect(visit.offences).toEqual({ console: [], requests: [] });
  });

  test('[I5] a damaged file is refused with its reason and its place, and not a byte changes', async () => {
    const file = await exported('sound.json');
    const text = readFileSync(file, 'utf8');
    const refused = [
      ['cut.json', text.slice(0, text.length / 2), 'It ends in the middle.', /^Line 1, column/],
      ['changed.json', text.replace('TESTWARD', 'TESTWORD'), 'its checksum does not match', /^At templates/],
      ['other.json', '{"a":1}', 'It isn’t an export of HL7 Helper.', null],
    ] as const;
    const before = await rawDump(page);
    for (const [name, content, reason, place] of refused) {
      const path = join(profile.folder, name);
      writeFileSync(path, content);
      await choose(path);
      await title('This file can’t be imported').waitFor();
      await page.getByText(reason).waitFor();
      if (place) await page.getByText(place).first().waitFor();
      await page.getByText('Nothing has been deleted or overwritten.').waitFor();
      expect(await findings(page), name).toEqual([]);
      await quiet();
      await page.keyboard.press('Escape');
      await title('This file can’t be imported').waitFor({ state: 'detached' });
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Import…');
    }
    expect(await rawDump(page)).toEqual(before);
    expect(visit.offences).toEqual({ console: [], requests: [] });
  });

  test('what is here already is said to be nothing, and nothing is written', async () => {
    const file = await exported('same.json');
    const before = await rawDump(page);
    await choose(file);
    await title('Everything in this file is already here').waitFor();
    await quiet();
    await button('Close').first().click();
    expect(await rawDump(page)).toEqual(before);
  });

  test('with test values it holds none of what looks like a patient’s, and nothing here changes', async () => {
    const whole = readFileSync(await exported('whole.json'), 'utf8');
    const before = await rawDump(page);
    await button('Export…').click();
    const found = page.getByText(/hold values that look like patient data: PID-3, PID-5, PID-7/);
    await found.waitFor();
    await button('Export unencrypted').waitFor();
    await page.getByRole('checkbox', { name: 'Replace them with test values' }).check();
    expect(await findings(page), 'the export').toEqual([]);
    const downloading = page.waitForEvent('download');
    await button('Export').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^hl7-helper-backup-\d{4}-\d\d-\d\d-test-values\.json$/);
    const path = join(profile.folder, 'test-values.json');
    await download.saveAs(path);
    await page.getByText('Test values are in 3 records.').waitFor();
    const made = readFileSync(path, 'utf8');
    for (const name of PATIENTS) {
      expect(whole).toContain(name);
      expect(made).not.toContain(name);
    }
    expect(made).toContain('TESTFAMILY1');
    expect(await rawDump(page)).toEqual(before);

    // A browser that has nothing else finds nothing to warn about.
    await app.open('Templates');
    await deleteAll(await app.templateNames());
    await choose(path);
    await title('What this import would do').waitFor();
    await quiet();
    await button(/^Import \d/).click();
    await title('The import is saved').waitFor();
    await quiet();
    await button('Show imported').click();
    await app.open('Data');
    await button('Export…').click();
    await page.getByText(/^No values that look like patient data were found/).waitFor();
    await button('Export').waitFor();
    expect(visit.offences).toEqual({ console: [], requests: [] });
  });

  test('an encrypted file opens with its passphrase only', async () => {
    await app.open('Data');
    await button('Export…').click();
    await page.getByRole('checkbox', { name: 'Encrypt with a passphrase' }).check();
    await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple');
    await page.getByLabel('The same again').fill('correct horse battery staple');
    const downloading = page.waitForEvent('download');
    await button('Export').click();
    const file = join(profile.folder, 'locked.json');
    await (await downloading).saveAs(file);
    expect(readFileSync(file, 'utf8')).not.toContain('MSH');
    await choose(file);
    await title('This file is encrypted').waitFor();
    await quiet();
    await page.getByLabel('Passphrase').fill('Correct horse battery staple');
    await page.keyboard.press('Enter');
    await page.getByText('That passphrase doesn’t open this file.').waitFor();
    await quiet();
    await page.getByLabel('Passphrase').fill('correct horse battery staple');
    await page.keyboard.press('Enter');
    await title('Everything in this file is already here').waitFor();
  });
});

describe.each(['light', 'dark'] as const)('axe finds nothing on the page of the data, %s', (colorScheme) => {
  test('and in its dialogs', async () => {
    visit = await profile.visit(server.url, { colorScheme });
    page = visit.page;
    app = new App(page);
    await app.saved();
    await app.open('Data');
    await page.getByText('Saved here').waitFor();
    expect(await findings(page), 'the page').toEqual([]);
    await button('Export…').click();
    await page.getByText(/look like patient data/).waitFor();
    expect(await findings(page), 'the export').toEqual([]);
    await page.keyboard.press('Escape');
    await button('Go back to a backup…').click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(page), 'the backups').toEqual([]);
    expect(visit.offences).toEqual({ console: [], requests: [] });
  });
});

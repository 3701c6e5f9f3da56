import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { ADMISSION, App } from './support/app.ts';
import { Profile } from './support/browser.ts';
import { storedText } from './support/rawDump.ts';

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

const BEFORE = { name: 'Admission with an umlaut', description: 'Kept across a restart' };

describe('what a person made is there after the browser was closed', () => {
  test('[I1] a pasted message becomes a template, is edited, and comes back after a restart', async () => {
    const { page, offences, close } = await profile.visit(server.url);
    const app = new App(page);
    await app.paste(ADMISSION);
    await app.treeItem(/^PID-5 .*TESTPERSON\^ADA/).waitFor();
    await page.getByRole('button', { name: 'Save as template' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(BEFORE.name);
    await page.getByRole('textbox', { name: 'Description' }).fill(BEFORE.description);
    await page.getByRole('button', { name: 'Save template' }).click();
    await app.saved();

    await app.openTemplate(BEFORE.name);
    await page.getByRole('textbox', { name: 'Description' }).fill('Edited before closing');
    await app.saved();
    expect(offences).toEqual({ console: [], requests: [] });
    await close();

    const second = await profile.visit(server.url);
    const again = new App(second.page);
    await again.open('Templates');
    expect(await again.templateNames()).toContain(BEFORE.name);
    await again.openTemplate(BEFORE.name);
    await expect
      .poll(() => second.page.getByRole('textbox', { name: 'Description' }).inputValue())
      .toBe('Edited before closing');
    await again.treeItem(/^PID-5 .*MÜSTER/).waitFor();
    expect(second.offences).toEqual({ console: [], requests: [] });
    await second.close();
  });

  test('[F35] the editor text survives a restart as well', async () => {
    const { page, close } = await profile.visit(server.url);
    const app = new App(page);
    await app.paste(ADMISSION.replace('kept as it is', 'still in the editor'));
    await app.treeItem(/still in the editor/).waitFor();
    await close();

    const second = await profile.visit(server.url);
    await new App(second.page).treeItem(/still in the editor/).waitFor();
    await second.close();
  });

  test('[I13] a typed character is on disk within a second, and called saved only then', async () => {
    const { page, close } = await profile.visit(server.url);
    const app = new App(page);
    await app.paste(ADMISSION);
    await app.saved();
    await app.raw().click();
    await page.keyboard.press('Control+End');
    const typed = Date.now();
    await page.keyboard.type('Q7');
    await expect.poll(() => storedText(page), { interval: 25 }).toContain('kept as it isQ7');
    expect(Date.now() - typed).toBeLessThan(1000);
    await app.saved();
    await close();
  });
});

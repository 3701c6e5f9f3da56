import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
import { Profile } from './support/browser.ts';
import { damage, rawDump } from './support/rawDump.ts';

let server: Awaited<ReturnType<typeof serveApp>>;
let profile: Profile;

beforeAll(async () => {
  server = await serveApp(0);
});
afterAll(() => server.close());
beforeEach(() => {
  profile = new Profile();
});
afterEach(() => profile.remove());

/** A dialog that a machine opened answers nothing at first, so that nobody types into a choice (ux 3.2). */
const NO_ACTIVATION_MS = 500;

/** A first visit, so that the three examples are stored as the first commit. */
async function seeded() {
  const visit = await profile.visit(server.url);
  const app = new App(visit.page);
  await app.open('Templates');
  await app.saved();
  expect(await app.templateNames()).toHaveLength(3);
  return visit;
}

describe('damaged bytes are neither shown as empty nor overwritten', () => {
  test('[I3] [P03] [B04] one flipped bit in the only copy: the app says so and shows no empty list', async () => {
    const { page } = await seeded();
    await damage(page, { store: 'log', key: [1, 0] });
    const before = await rawDump(page);

    await page.reload();
    await page.getByRole('heading', { name: 'Your templates couldn’t be read' }).waitFor();
    const words = await page.locator('body').innerText();
    expect(words).not.toMatch(/No templates yet/);
    expect(await rawDump(page)).toEqual(before);
  });

  test('[I4] the damaged bytes can be downloaded, and deciding later writes nothing', async () => {
    const { page } = await seeded();
    await damage(page, { store: 'log', key: [1, 0] });
    const before = await rawDump(page);

    await page.reload();
    await page.getByRole('button', { name: /^Download/ }).waitFor();
    await page.waitForTimeout(NO_ACTIVATION_MS);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download/ }).click();
    const file = await (await downloading).path();
    expect(readFileSync(file, 'utf8')).toContain(before['log [1,0]'] ?? 'nothing');

    await page.getByRole('button', { name: /^Decide later/ }).click();
    await page.goto(`${server.url}#/templates`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/No templates yet/);
    await page.waitForTimeout(1500);
    expect(await rawDump(page)).toEqual(before);
  });

  test('[I16] a backup is restored, the focus goes to the page, and Activity undoes it', async () => {
    const { page } = await seeded();
    const app = new App(page);
    await app.openTemplate('ADT^A01 (Admit)');
    await page.getByLabel('Description').fill('Changed, then damaged');
    await app.saved();
    await damage(page, { store: 'log', key: [2, 0] });

    await page.goto(`${server.url}#/templates`);
    await page.reload();
    const restore = page.getByRole('button', { name: /^Restore the backup from today/ });
    await restore.waitFor();
    await page.waitForTimeout(NO_ACTIVATION_MS);
    await restore.click();
    await page.getByText('Restored 3 templates.').waitFor();
    expect(await app.templateNames()).toHaveLength(3);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

    await app.status.click();
    await page.getByRole('button', { name: 'Undo: Went back to a backup' }).click();
    await page.getByText('Undone.').waitFor();
    await expect.poll(() => app.templateNames()).toHaveLength(2);
  });

  test('a person who said so before is not asked: the newest backup is restored, and that is told', async () => {
    const { page } = await seeded();
    const app = new App(page);
    await app.status.click();
    await page.getByRole('button', { name: 'Settings…' }).click();
    await page.getByRole('radio', { name: 'Restore the newest readable backup' }).check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await app.saved();
    await app.openTemplate('ADT^A01 (Admit)');
    await page.getByLabel('Description').fill('Changed, then damaged');
    await app.saved();
    await damage(page, { store: 'log', key: [3, 0] });

    await page.goto(`${server.url}#/templates`);
    await page.reload();
    await page.getByText('Restored 3 templates.').waitFor();
    expect(await app.templateNames()).toHaveLength(3);
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });

  test('what to say cannot be fetched: the page says that, is not blank, and nothing is written', async () => {
    const { page } = await seeded();
    await damage(page, { store: 'log', key: [1, 0] });
    const before = await rawDump(page);

    await page.route(/\/assets\/Problems-/, (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: 'Reload' }).waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/No templates yet/);
    expect(await rawDump(page)).toEqual(before);
    await page.unroute(/\/assets\/Problems-/);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Your templates couldn’t be read' }).waitFor();
  });

  test('[I12] [F42] a wiped database is told from a first run: no examples come back', async () => {
    const { page, context } = await seeded();
    await page.goto('about:blank');
    const other = await context.newPage();
    await other.goto(`${server.url}icon.svg`);
    await other.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase('hl7-workbench');
          deleting.onsuccess = resolve;
          deleting.onerror = reject;
        }),
    );
    await other.goto(server.url);
    await other.getByText('Your saved data is missing').waitFor();
    const words = await other.locator('body').innerText();
    expect(words).toMatch(/3 templates/);
    expect(words).not.toMatch(/Standard Example/);
    expect(Object.keys(await rawDump(other))).toEqual([]);
  });
});

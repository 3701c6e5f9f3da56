import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
import { findings } from './support/axe.ts';
import { Profile } from './support/browser.ts';
import { damage, rawDump } from './support/rawDump.ts';

/** How long the page waits before it says that the app has not started. */
const WATCHDOG_MS = 10_000;

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

/** A profile in which the examples and one edited template were saved; the page is left. */
async function seeded(): Promise<Page> {
  const { page } = await profile.visit(server.url);
  const app = new App(page);
  await app.openTemplate('ADT^A01 (Admit)');
  await page.getByRole('textbox', { name: 'Description' }).fill('Edited, with an ümlaut');
  await app.saved();
  await page.goto(`${server.url}icon.svg`);
  return page;
}

const noScripts = (page: Page) =>
  page.route(/\/assets\/.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));

async function downloaded(page: Page, button: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await downloading).path(), 'utf8');
}

describe('while every script of the app answers 404', () => {
  test('the page says so, and safe mode hands out every byte and every template, and changes nothing', async () => {
    const page = await seeded();
    const before = await rawDump(page);
    await noScripts(page);
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Open safe mode' }).click({ timeout: WATCHDOG_MS + 2_000 });
    await page.getByRole('heading', { name: 'Safe mode' }).waitFor();
    const whole = JSON.parse(await downloaded(page, 'Download everything as one file'));
    const stored = Object.fromEntries(
      Object.entries<{ key: unknown; base64: string }[]>(whole.stored).flatMap(([store, values]) =>
        values.map(({ key, base64 }) => [`${store} ${JSON.stringify(key)}`, base64]),
      ),
    );
    expect(stored).toEqual(before);
    expect(JSON.parse(whole.localStorage['hl7-workbench:witness']).count.templates).toBe(3);
    const templates = JSON.parse(await downloaded(page, 'Download templates only'));
    expect(templates).toHaveLength(3);
    expect(templates).toContainEqual(
      expect.objectContaining({ id: 'default-0', description: 'Edited, with an ümlaut' }),
    );
    expect(await rawDump(page)).toEqual(before);
  });

  test('the notice is there at once, and axe finds nothing', async () => {
    const { page } = await profile.visit('about:blank');
    await noScripts(page);
    await page.goto(server.url);
    await page.getByRole('alert').waitFor({ timeout: WATCHDOG_MS / 2 });
    expect(
      (await findings(page)).filter((found) => !/^page-has-heading|^landmark-one-main/.test(found)),
    ).toEqual([]);
  });
});

test('an app that is there in time takes the notice away, and it never shows', async () => {
  const { page, offences } = await profile.visit(server.url);
  await new App(page).saved();
  expect(await page.locator('#late-start').count()).toBe(0);
  expect(offences).toEqual({ console: [], requests: [] });
});

test('a start that takes long is told after ten seconds, and the notice goes when the app has its data', async () => {
  const { page } = await profile.visit('about:blank');
  await page.route(/\/assets\/index-.*\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, WATCHDOG_MS + 2_000));
    await route.continue();
  });
  await page.goto(server.url, { waitUntil: 'commit' });
  await page.waitForTimeout(WATCHDOG_MS / 2);
  expect(await page.getByRole('alert').isVisible()).toBe(false);
  await page.getByText('The app hasn’t started yet.').waitFor({ timeout: WATCHDOG_MS });
  await page.getByText('The app hasn’t started yet.').waitFor({ state: 'detached', timeout: WATCHDOG_MS });
  await new App(page).saved();
});

test('a part of the page cannot be fetched: safe mode is offered beside it, and showing it again fetches again', async () => {
  const { page } = await profile.visit('about:blank');
  await page.route(/\/assets\/RawView-.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(server.url);
  await page.getByRole('heading', { name: 'This page stopped working' }).waitFor();
  expect(await findings(page)).toEqual([]);
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: /safe mode/ }).click();
  const beside = await opening;
  await beside.getByRole('heading', { name: 'Safe mode' }).waitFor();
  await beside.close();
  await page.unroute(/\/assets\/RawView-.*\.js/);
  await page.getByRole('button', { name: 'Show the page again' }).click();
  await new App(page).raw().waitFor();
});

describe('safe mode', () => {
  test('creates no database where there was none, and no key', async () => {
    const { page, offences } = await profile.visit(`${server.url}safe-mode.html`);
    await page.getByText('No change of the app can be read here.').waitFor();
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await page.getByRole('button', { name: 'Download templates only' }).isEnabled()).toBe(false);
    expect(offences).toEqual({ console: [], requests: [] });
  });

  test('leaves the earlier app’s database as it is, and hands out its templates', async () => {
    const { page } = await profile.visit(`${server.url}icon.svg`);
    const rows = [{ id: 'old-1', name: 'Of the earlier app', content: 'MSH|^~\\&|A' }];
    await page.evaluate(
      (data) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('hl7-helper-db', 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore('keyvalue');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const writing = opening.result.transaction('keyvalue', 'readwrite');
            writing.objectStore('keyvalue').put({ version: 1, data }, 'templates');
            writing.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
      rows,
    );
    await page.evaluate(
      (data) => localStorage.setItem('hl7_templates', JSON.stringify(data)),
      [
        { id: 'old-1', name: 'Older' },
        { id: 'old-2', name: 'In localStorage' },
      ],
    );
    const before = await rawDump(page, 'hl7-helper-db');
    await page.goto(`${server.url}safe-mode.html`);
    const templates = JSON.parse(await downloaded(page, 'Download templates only'));
    expect(templates).toEqual([...rows, { id: 'old-2', name: 'In localStorage' }]);
    const whole = JSON.parse(await downloaded(page, 'Download everything as one file'));
    expect(whole.old.stored.keyvalue[0].value.data).toEqual(rows);
    expect(whole.localStorage.hl7_templates).toContain('In localStorage');
    expect(await rawDump(page, 'hl7-helper-db')).toEqual(before);
    expect((await page.evaluate(() => indexedDB.databases())).map(({ name }) => name)).toEqual([
      'hl7-helper-db',
    ]);
  });

  test('[I4] of damaged pages it hands out the bytes, and no template of them as if it were sound', async () => {
    const page = await seeded();
    await damage(page, { store: 'log', key: [1, 0] });
    const before = await rawDump(page);
    await page.goto(`${server.url}safe-mode.html`);
    const whole = JSON.parse(await downloaded(page, 'Download everything as one file'));
    expect(JSON.stringify(whole.stored.log)).toContain(before['log [1,0]'] ?? 'nothing');
    const templates: { name: string; content: string }[] = JSON.parse(
      await downloaded(page, 'Download templates only'),
    );
    // The flipped bit lies in one of the three.
    const sound = templates.filter(({ name }) => !name.endsWith(' (damaged?)'));
    expect(sound).toHaveLength(2);
    expect(await rawDump(page)).toEqual(before);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    await seeded();
    const { page, offences } = await profile.visit(`${server.url}safe-mode.html`, { colorScheme });
    await page.getByText(/^Last change/).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.getByRole('button', { name: /delete|erase|clear/i }).count()).toBe(0);
    expect(offences).toEqual({ console: [], requests: [] });
    await page.getByRole('link', { name: 'Open the app again' }).click();
    await new App(page).raw().waitFor();
  });
});

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { ADMISSION, App } from './support/app.ts';
import { findings } from './support/axe.ts';
import { Profile } from './support/browser.ts';
import { damage } from './support/rawDump.ts';

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

/** A dialog that a machine opened answers nothing at first (ux 3.2). */
const NO_ACTIVATION_MS = 500;

describe.each(['light', 'dark'] as const)('axe finds nothing, %s', (colorScheme) => {
  test('on every page', async () => {
    const { page, offences } = await profile.visit(server.url, { colorScheme });
    const app = new App(page);
    await app.raw().waitFor();
    expect(await findings(page), 'empty editor').toEqual([]);
    await app.paste(ADMISSION);
    await app.treeItem(/^PID-5/).waitFor();
    expect(await findings(page), 'editor').toEqual([]);
    await app.open('Templates');
    await app.templateNames();
    expect(await findings(page), 'templates').toEqual([]);
    await page.getByRole('link', { name: 'ADT^A01 (Admit)' }).click();
    await app.raw('Content').waitFor();
    expect(await findings(page), 'template').toEqual([]);
    await app.open('Templates');
    await page.getByRole('button', { name: 'New template' }).click();
    await app.raw('Content').waitFor();
    expect(await findings(page), 'new template').toEqual([]);
    await app.status.click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(page), 'status popover').toEqual([]);
    await page.getByRole('button', { name: 'Settings…' }).click();
    await page.getByRole('radio', { name: 'Ask me' }).waitFor();
    expect(await findings(page), 'settings').toEqual([]);
    expect(offences).toEqual({ console: [], requests: [] });
  });

  test('on what says what is damaged, and on what follows', async () => {
    const { page } = await profile.visit(server.url, { colorScheme });
    await new App(page).saved();
    await damage(page, { store: 'log', key: [1, 0] });
    await page.reload();
    await page.getByRole('button', { name: /^Download/ }).waitFor();
    expect(await findings(page), 'the choices').toEqual([]);
    await page.waitForTimeout(NO_ACTIVATION_MS);
    await page.getByRole('button', { name: /^Rescue/ }).click();
    await page.getByRole('button', { name: /^Keep these/ }).waitFor();
    expect(await findings(page), 'the review').toEqual([]);
    await page.waitForTimeout(NO_ACTIVATION_MS);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Decide later' }).waitFor();
    await page.waitForTimeout(NO_ACTIVATION_MS);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Review…' }).waitFor();
    expect(await findings(page), 'read-only').toEqual([]);
  });
});

test('a template is made, edited and found again by keyboard alone', async () => {
  const { page } = await profile.visit(server.url);
  const app = new App(page);
  await app.raw().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await tabTo(page, 'Templates');
  await page.keyboard.press('Enter');
  await app.templateNames();
  await tabTo(page, 'New template');
  await page.keyboard.press('Enter');
  await app.raw('Content').waitFor();
  await tabTo(page, 'Name');
  await page.keyboard.type('By keyboard');
  await tabTo(page, 'Content, raw text');
  await page.keyboard.type('MSH|^~\\&|A|B|C|D|20260101||ADT^A08|1|P|2.5');
  await page.keyboard.press('Control+s');
  await app.saved();
  await app.open('Templates');
  expect(await app.templateNames()).toContain('By keyboard');
});

/** Presses Tab until the thing with that name has the focus, at most 80 times. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    const focused = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const labelled = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
      return element?.getAttribute('aria-label') ?? labelled ?? element?.textContent ?? '';
    });
    if (focused.trim() === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach “${name}”`);
}

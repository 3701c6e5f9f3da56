import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type OpenApp, openApp } from './support/openApp.tsx';

let app: OpenApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
  window.localStorage.clear();
});

const painted = (): string | undefined => document.documentElement.dataset.theme;

test('the theme is painted at once, stored with the settings, and there after a reload', async () => {
  app = await openApp('/');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(painted).toBe('dark');
  await app.persistence.flush();
  document.documentElement.dataset.theme = 'light';
  window.localStorage.removeItem('hl7-helper-web.theme-echo');
  await app.reopen();
  await expect.poll(painted).toBe('dark');
});

test('[B40] a theme this app does not offer is kept in the data and shows as that of the system', async () => {
  app = await openApp('/');
  const { settings, SETTINGS_ID } = await import('../../../src/app/stores/settings.ts');
  app.persistence.edit(settings, SETTINGS_ID, { theme: 'aurora', fromLater: { kept: true } });
  await page.getByRole('button', { name: 'Theme' }).click();
  await expect
    .element(page.getByRole('menuitemradio', { name: 'System' }))
    .toHaveAttribute('aria-checked', 'true');
  await userEvent.keyboard('{Escape}');
  await app.persistence.flush();
  await app.reopen();
  const view = app.persistence.document(settings, SETTINGS_ID).getSnapshot();
  expect(view.kind === 'open' && view.data).toEqual({ theme: 'aurora', fromLater: { kept: true } });
});

test('the shortcuts open with a key outside of text fields only', async () => {
  app = await openApp('/');
  const raw = page.getByRole('textbox', { name: 'Message, raw text' });
  await userEvent.click(raw);
  await userEvent.keyboard('?/');
  expect((raw.element() as HTMLElement).innerText).toContain('?/');
  await userEvent.click(page.getByRole('tree'));
  await userEvent.keyboard('?');
  await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

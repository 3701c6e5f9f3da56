import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { templates } from '../../../src/app/stores/templates.ts';
import { untilActive } from './problems/support/stage.tsx';
import { type OpenApp, openApp } from './support/openApp.tsx';

let app: OpenApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
  window.localStorage.clear();
});

/** Fifteen templates, each saved by a commit of its own, and what is stored of one of them is not what was. */
async function withOneDamaged(): Promise<void> {
  const name = `app-${crypto.randomUUID()}`;
  app = await openApp('/templates', name);
  const { persistence } = app;
  for (let n = 1; n <= 12; n += 1) {
    const id = persistence.create(templates, (own) => ({
      id: own,
      name: `Template ${n}`,
      description: '',
      messageType: 'ADT-A01',
      content: 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r',
      createdAt: 0,
    }));
    await persistence.save(templates, id);
  }
  await app.close();
  await damageOne(name);
  app = await openApp('/templates', name);
}

async function damageOne(name: string): Promise<void> {
  const db = await answer(indexedDB.open(name));
  const transaction = db.transaction('log', 'readwrite');
  const log = transaction.objectStore('log');
  // The last but one, after the examples.
  const key = [12, 0];
  const text = new TextDecoder().decode((await answer(log.get(key))) as Uint8Array);
  const bytes = new TextEncoder().encode(text.replaceAll('Template 11', 'Template xx'));
  log.put(bytes, key);
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  db.close();
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const review = () => page.getByRole('button', { name: 'Review…' });

test('[I3] one damaged record of many stops nobody: the app works, says so, and takes no focus', async () => {
  await withOneDamaged();
  await expect.element(page.getByText('1 of 15 records couldn’t be read.')).toBeVisible();
  await expect.element(page.getByText('14 templates')).toBeVisible();
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect.element(review()).not.toBeInTheDocument();
});

test('a person reviews it in a dialog of their own, gets the focus back, and decides in the end', async () => {
  await withOneDamaged();
  await review().click();
  const dialog = page.getByRole('dialog', { name: '1 record couldn’t be read' });
  await expect.element(dialog.getByRole('button', { name: 'Decide later' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.poll(() => document.activeElement?.textContent).toBe('Review…');

  await review().click();
  await expect.element(dialog.getByRole('button', { name: 'Decide later' })).toBeVisible();
  await untilActive();
  await page.getByRole('button', { name: 'Rescue what can be read' }).click();
  await expect.element(page.getByRole('heading', { name: '14 records can be rescued' })).toBeVisible();
  await untilActive();
  await page.getByRole('button', { name: 'Keep these 14 records' }).click();
  await expect.element(page.getByText('Restored 14 templates.')).toBeVisible();
  await expect.element(review()).not.toBeInTheDocument();
});

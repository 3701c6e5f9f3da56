import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
import { findings } from './support/axe.ts';
import { Profile } from './support/browser.ts';

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

/** What the earlier app left: a list in its database, a later one in localStorage, and a row that is no template. */
const OLD = {
  stored: [
    { id: 'old-1', name: 'Old admission', description: '', messageType: 'ADT-A01', content: 'MSH|^~\\&|OLD' },
  ],
  listed: [
    { id: 'old-2', name: 'Old discharge', description: '', messageType: 'ADT-A03', content: 'MSH|^~\\&|OLD' },
    { id: 7, name: 'no template' },
  ],
};

async function leaveOldData() {
  // Of this origin, and not the app: any other address would start it, and it would take over what is half there.
  const visit = await profile.visit(`${server.url}icon.svg`);
  await visit.page.evaluate(async ({ stored, listed }) => {
    const at = Date.UTC(2026, 0, 5);
    const dated = (row: object) => ({ ...row, createdAt: at });
    localStorage.setItem('hl7_templates', JSON.stringify(listed.map(dated)));
    const data = stored.map(dated);
    const bytes = new TextEncoder().encode(JSON.stringify(data));
    let sum = 0x811c9dc5;
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
    const opening = indexedDB.open('hl7-helper-db', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('keyvalue');
    const db = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = db.transaction('keyvalue', 'readwrite');
    const checksum = (sum >>> 0).toString(16);
    transaction
      .objectStore('keyvalue')
      .put({ version: 1, createdAt: at, updatedAt: at, checksum, data }, 'templates');
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    db.close();
  }, OLD);
  return visit;
}

describe('what the earlier app left in this browser', () => {
  test('[P04] is taken over at the first start, once, without examples beside it, and its places are left alone', async () => {
    const { page, offences } = await leaveOldData();
    const before = await page.evaluate(() => localStorage.getItem('hl7_templates'));
    offences.console.length = 0;
    await page.goto(server.url);
    const app = new App(page);
    await app.open('Templates');
    expect((await app.templateNames()).sort()).toEqual(['Old admission', 'Old discharge']);
    expect(await page.evaluate(() => localStorage.getItem('hl7_templates'))).toBe(before);
    await page.getByText('2 records were brought over from the earlier version.').waitFor();
    await page.getByText('1 could not be used or was older, and is kept aside.').waitFor();
    await page.getByRole('button', { name: 'Show the report' }).click();
    const report = page.getByRole('dialog', { name: 'What the earlier version left' });
    await report.waitFor();
    const rows = await report.getByRole('row').allInnerTexts();
    expect(rows.map((row) => row.match(/\d+/g)?.slice(-4))).toEqual([
      undefined,
      ['1', '1', '0', '0'],
      ['2', '1', '0', '1'],
    ]);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete “Old discharge”' }).click();
    await page.getByRole('link', { name: 'Old discharge' }).waitFor({ state: 'detached' });
    await app.saved();
    expect(offences).toEqual({ console: [], requests: [] });

    const next = await profile.visit(server.url);
    const again = new App(next.page);
    await again.open('Templates');
    expect(await again.templateNames()).toEqual(['Old admission']);
    expect(next.offences).toEqual({ console: [], requests: [] });
  });
});

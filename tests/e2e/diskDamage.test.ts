import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
import { Profile } from './support/browser.ts';
import { dataFiles, flip, remove, removeAll, truncate } from './support/disk.ts';
import { type RawDump, rawDump, storedText } from './support/rawDump.ts';

/** A dialog that a machine opened answers nothing at first, so that nobody types into a choice (ux 3.2). */
const NO_ACTIVATION_MS = 500;
/** Longer than anything the app does by itself. */
const IDLE_MS = 1_500;

const LEVELDB_LOG = /\.leveldb\/\d+\.log$/;
const LEVELDB_TABLE = /\.leveldb\/\d+\.ldb$/;
const MANIFEST = /\.leveldb\/MANIFEST/;
const CURRENT = /\.leveldb\/CURRENT$/;
const SIDE_FILES = /\.blob\//;

let server: Awaited<ReturnType<typeof serveApp>>;
/** A browser in which five commits were made over two visits, then closed. */
let sound: Profile;
let texts: string;
let profile: Profile;

beforeAll(async () => {
  server = await serveApp(0);
  sound = new Profile();
  const first = await visited(sound);
  await first.app.open('Templates');
  await first.page.getByRole('button', { name: 'New template' }).click();
  await first.page.getByRole('textbox', { name: 'Name' }).fill('Large');
  await first.app.paste(noise, 'Content');
  await first.page.getByRole('button', { name: 'Save template' }).click();
  await isSaved(first.page);
  await first.page.goto(`${server.url}icon.svg`);
  await fillLevelDb(first.page);
  const second = await visited(sound);
  await second.app.openTemplate('ADT^A01 (Admit)');
  await second.page.getByRole('textbox', { name: 'Description' }).fill('Edited last');
  while (!(await storedText(second.page)).includes('Edited last')) await second.page.waitForTimeout(50);
  await isSaved(second.page);
  await second.page.goto(`${server.url}icon.svg`);
  texts = await localTexts(second.page);
  await sound.close();
});
afterAll(async () => {
  await sound.remove();
  await server.close();
});
beforeEach(() => {
  profile = Profile.copyOf(sound);
});
afterEach(() => profile.remove());

/** As `App.saved`, for use outside of a test. */
const isSaved = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Storage status: Saved in this browser' }).waitFor();

async function visited(of: Profile): Promise<{ page: Page; app: App }> {
  const { page } = await of.visit(`${server.url}#/templates`);
  return { page, app: new App(page) };
}

/** A message too large and too random for LevelDB: the browser puts it in a side file. */
const noise = `MSH|^~\\&|A|B|C|D|20260101||ADT^A08|1|P|2.5\rZXX|${randomBytes(150_000).toString('hex')}`;

/** Rows of another database: LevelDB is one for the whole origin, and makes a table once its log is long. */
const fillLevelDb = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('other', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const writing = opening.result.transaction('rows', 'readwrite', { durability: 'strict' });
          for (let row = 0; row < 400; row += 1)
            writing.objectStore('rows').put(crypto.getRandomValues(new Uint8Array(30_000)), row);
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );

/** What localStorage holds, witness included. */
const localTexts = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));

/** Digests of what is stored, seen without the app. Its page is left for it. */
async function storedNow(page: Page): Promise<RawDump> {
  await page.goto(`${server.url}icon.svg`);
  const dump = Object.entries(await rawDump(page));
  return Object.fromEntries(
    dump.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  );
}

/** What the damage left, seen before the app has seen it. */
async function storedBefore(damaged: Profile): Promise<RawDump> {
  const { page } = await damaged.visit(`${server.url}icon.svg`);
  const stored = await storedNow(page);
  await damaged.close();
  return stored;
}

const ofStore = (dump: RawDump, store: string): RawDump =>
  Object.fromEntries(Object.entries(dump).filter(([name]) => name.startsWith(`${store} `)));

async function choose(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.waitFor();
  await page.waitForTimeout(NO_ACTIVATION_MS);
  await button.click();
}

test('the profile has everything that is damaged below', async () => {
  const files = Object.keys(dataFiles(sound));
  for (const pattern of [LEVELDB_LOG, LEVELDB_TABLE, MANIFEST, CURRENT, SIDE_FILES])
    expect(
      files.some((file) => pattern.test(file)),
      `${pattern} in ${files}`,
    ).toBe(true);
  // Nothing waits to be replayed: all that was edited is in the database.
  expect(texts).not.toContain(':journal:');
  const { app } = await visited(profile);
  expect(await app.templateNames()).toHaveLength(4);
});

describe('the browser threw its damaged database away, and says nothing', () => {
  test.each<[string, (damaged: Profile) => void]>([
    ['one bit flipped in the LevelDB log', (damaged) => flip(damaged, LEVELDB_LOG)],
    ['one bit flipped in the LevelDB table', (damaged) => flip(damaged, LEVELDB_TABLE, 0.0005)],
    ['the LevelDB table cut in half', (damaged) => truncate(damaged, LEVELDB_TABLE, 0.5)],
    ['one bit flipped in the MANIFEST', (damaged) => flip(damaged, MANIFEST)],
    ['CURRENT emptied', (damaged) => truncate(damaged, CURRENT, 0)],
    ['the whole folder removed', removeAll],
  ])(
    '[I3] [I12] [F42] %s: missing, no first run, and nothing is written before a person chose',
    async (_, harm) => {
      harm(profile);
      const { page } = await visited(profile);
      await page.getByRole('heading', { name: 'Your saved data is missing' }).waitFor();
      const words = await page.locator('body').innerText();
      expect(words).toMatch(/We expected 4 templates here/);
      expect(words).not.toMatch(/Standard Example|No templates yet/);
      await choose(page, /^Decide later/);
      await page.waitForTimeout(IDLE_MS);
      expect(await page.locator('body').innerText()).not.toMatch(/Standard Example|No templates yet/);
      expect(await storedNow(page)).toEqual({});
      expect(await localTexts(page)).toBe(texts);

      const again = await visited(profile);
      await again.page.getByRole('heading', { name: 'Your saved data is missing' }).waitFor();
    },
  );
});

const EXAMPLES = ['ADT^A01 (Admit)', 'ORM^O01 (Order)', 'ORU^R01 (Observation Result)'];

describe('a large value is lost or damaged beside a sound database', () => {
  test.each<[string, (damaged: Profile) => void, boolean]>([
    ['side files removed', (damaged) => remove(damaged, SIDE_FILES), false],
    ['side files cut off', (damaged) => truncate(damaged, SIDE_FILES, 0.3), false],
    ['one bit flipped in each side file', (damaged) => flip(damaged, SIDE_FILES), true],
  ])(
    '[I3] [I4] %s: it is said, nothing is written before a choice, and rescue keeps the rest',
    async (_, harm, isCopied) => {
      harm(profile);
      const damaged = await storedBefore(profile);
      const { page, app } = await visited(profile);
      await page.getByRole('heading', { name: /^Your (saved data|templates) couldn’t be read/ }).waitFor();
      expect(await page.locator('body').innerText()).not.toMatch(/No templates yet/);
      await choose(page, /^Decide later/);
      await page.waitForTimeout(IDLE_MS);
      expect(await storedNow(page)).toEqual(damaged);
      expect(await localTexts(page)).toBe(texts);

      await page.goto(`${server.url}#/templates`);
      await choose(page, /^Rescue what can be read/);
      await choose(page, /^Keep these \d+ records/);
      await page.getByText(/^Restored /).waitFor();
      expect((await app.templateNames()).sort()).toEqual(EXAMPLES);
      await app.saved();
      const rescued = await storedNow(page);
      // Where the browser hands out no bytes there are none to copy; the page itself stays where it is.
      expect(rescued).toMatchObject(ofStore(damaged, 'log'));
      expect(Object.keys(ofStore(rescued, 'quarantine')).length > 0).toBe(isCopied);
    },
  );

  test('[I4] starting empty keeps every damaged byte, and brings no examples back', async () => {
    flip(profile, SIDE_FILES);
    const seen = await profile.visit(`${server.url}icon.svg`);
    const damaged = await rawDump(seen.page);
    const { page, app } = await visited(profile);
    await choose(page, /^Start with an empty library/);
    await choose(page, 'Start empty');
    await page.getByText('No templates yet').waitFor();
    await app.saved();
    await page.goto(`${server.url}icon.svg`);
    const after = await rawDump(page);
    for (const [name, bytes] of Object.entries(ofStore(damaged, 'log')))
      expect(after[name] === bytes, name).toBe(true);
    const kept = Object.values(ofStore(after, 'quarantine'))
      .map((value) => JSON.parse(Buffer.from(value, 'base64').toString()) as { where: string; bytes: string })
      .filter(({ where }) => where.startsWith('log '));
    expect(kept).not.toEqual([]);
    for (const { where, bytes } of kept) expect(bytes === damaged[where], where).toBe(true);
    await page.goto(`${server.url}#/templates`);
    await page.getByText('No templates yet').waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });

  test('[I12] of a missing database as well: it begins empty only when a person says so, and stays so', async () => {
    removeAll(profile);
    const { page, app } = await visited(profile);
    await choose(page, /^Start with an empty library/);
    await choose(page, 'Start empty');
    await page.getByText('No templates yet').waitFor();
    await app.saved();
    await page.reload();
    await page.getByText('No templates yet').waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });
});

describe('the browser cannot open the database at all', () => {
  test.each([/^Decide later/, /^Work in this session only/])(
    '[I9] [I12] [F18] MANIFEST removed: it is said, and neither data nor localStorage changes after %s',
    async (choice) => {
      remove(profile, MANIFEST);
      const files = dataFiles(profile);
      const { page, app } = await visited(profile);
      await page.getByRole('heading', { name: 'We can’t open your saved data right now' }).waitFor();
      expect(await page.locator('body').innerText()).toMatch(/you had 4 templates/);
      await choose(page, choice);
      await app.open('Editor');
      if (String(choice).includes('session')) {
        await app.paste('MSH|^~\\&|A|B|C|D|20260101||ADT^A08|1|P|2.5');
        await app.treeItem(/^MSH/).first().waitFor();
      }
      await app.open('Templates');
      await page.waitForTimeout(IDLE_MS);
      expect(await page.locator('body').innerText()).not.toMatch(/Standard Example/);
      expect(await localTexts(page)).toBe(texts);
      await profile.close();
      expect(dataFiles(profile)).toEqual(files);
    },
  );
});

test('[I3] the newest commit cut off the LevelDB log: that a record is lost is said, and nothing is written', async () => {
  const small = new Profile();
  try {
    const first = await visited(small);
    await first.app.openTemplate('ADT^A01 (Admit)');
    await first.page.getByRole('textbox', { name: 'Description' }).fill('Edited last');
    await expect.poll(() => storedText(first.page)).toContain('Edited last');
    await first.app.saved();
    const stored = ofStore(await storedNow(first.page), 'log');
    expect(Object.keys(stored)).toEqual(['log [1,0]', 'log [2,0]']);
    await small.close();
    truncate(small, LEVELDB_LOG, 0.95);

    const { page, app } = await visited(small);
    await page.getByText('1 of 4 records couldn’t be read.').waitFor();
    expect((await app.templateNames()).sort()).toEqual(EXAMPLES);
    await page.waitForTimeout(IDLE_MS);
    const after = await storedNow(page);
    expect(ofStore(after, 'log')).toEqual({ 'log [1,0]': stored['log [1,0]'] });
    expect(Object.keys({ ...ofStore(after, 'snapshots'), ...ofStore(after, 'quarantine') })).toEqual([]);
  } finally {
    await small.remove();
  }
});

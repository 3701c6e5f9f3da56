import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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
afterEach(() => profile.remove());

/** As an export holds it. */
interface Exported {
  readonly data: { readonly templates: { readonly data: readonly { readonly data: Template }[] } };
}
interface Template {
  readonly name: string;
  readonly content: string;
}

test('[I5] by keyboard alone: pasted, looked through as fields and as text, merged, and undone', async () => {
  profile = new Profile();
  const { page, offences } = await profile.visit(server.url);
  const app = new App(page);
  await app.saved();
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const title = (name: string) => page.getByRole('heading', { level: 2, name, exact: true });
  const press = (keys: string) => page.keyboard.press(keys);
  /** A step that came up takes nothing for a moment (ux 3.2). */
  const quiet = () => page.waitForTimeout(500);
  /** Tab, until what has the focus says so. */
  const tabTo = async (words: RegExp) => {
    for (let at = 0; at < 40; at += 1) {
      await press('Tab');
      const said = await page.evaluate(() => {
        const { activeElement: host } = document;
        const active = host?.shadowRoot?.activeElement ?? host;
        return (
          active?.getAttribute('aria-label') ??
          active?.closest('label')?.innerText ??
          active?.textContent ??
          ''
        );
      });
      if (words.test(said)) return;
    }
    throw new Error(`Tab does not lead to ${words}`);
  };

  await app.open('Data');
  await button('Export…').click();
  await title('Export to a file').waitFor();
  const downloading = page.waitForEvent('download');
  await button(/^Export( unencrypted)?$/).click();
  const exported = JSON.parse(readFileSync(await (await downloading).path(), 'utf8')) as Exported;
  const found = exported.data.templates.data.find(({ data }) => data.content.includes('|P|2.5|'));
  if (!found) throw new Error('No example can be changed');
  const { data: here } = found;
  // Both sides changed it, as far as anybody can know: the bare list has no checksum and no history.
  const content = here.content.replace('|P|2.5|', '|T|2.5|').replace('TESTPERSON^ADA', 'TESTPERSON^EVA');
  expect(content).toContain('TESTPERSON^EVA');
  await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify([{ ...here, content }]));

  await button('Import…').focus();
  await press('Enter');
  await title('Import from a file').waitFor();
  await press('Control+V');
  await title('What this import would do').waitFor();
  await quiet();
  await press('Control+Enter');
  await title('1 record was changed in both places').waitFor();
  await quiet();

  await tabTo(/^This browser\s+P$/);
  await press('ArrowRight');
  await press('ArrowDown');
  await press('ArrowLeft');
  await page.getByText('Merge field by field: 1 from this browser, 1 from the file').waitFor();
  await tabTo(/^Fields$/);
  await press('ArrowRight');
  await page.getByRole('textbox', { name: 'The file, raw text' }).waitFor();
  expect(await findings(page), 'both as raw text').toEqual([]);
  await tabTo(/^Merge field by field/);
  await press('Tab');
  await press('Enter');
  await page.getByText('This is what would be written. It passes its check.').waitFor();
  const merged = page.getByRole('textbox', { name: 'The merged message, raw text' });
  expect(await merged.textContent()).toMatch(/→T\|2\.5.*TESTPERSON\^←ADA/);
  expect(await findings(page), 'the preview of the merge').toEqual([]);
  await press('Control+Enter');
  await title('The import is saved').waitFor();
  await quiet();
  await tabTo(/^Undo import$/);
  await press('Enter');
  await title('The import is saved').waitFor({ state: 'detached' });
  await app.openTemplate(here.name);
  expect(await app.raw('Content').textContent()).toContain('|P|2.5|');
  expect(offences).toEqual({ console: [], requests: [] });
});

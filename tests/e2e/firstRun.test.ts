import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
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

describe('the examples', () => {
  test('[P04] come once, and deleting all templates does not bring them back', async () => {
    const first = await profile.visit(server.url);
    const app = new App(first.page);
    await app.open('Templates');
    const names = await app.templateNames();
    expect(names).toHaveLength(3);
    for (const name of names) {
      await first.page.getByRole('button', { name: `Delete “${name}”` }).click();
      await first.page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
    }
    await app.saved();
    await first.close();

    const second = await profile.visit(server.url);
    await new App(second.page).open('Templates');
    await second.page.getByText('No templates yet').waitFor();
    expect(second.offences).toEqual({ console: [], requests: [] });
  });

  test('[I17] deleting is undone from its notice', async () => {
    const { page } = await profile.visit(server.url);
    const app = new App(page);
    await app.open('Templates');
    const [name = ''] = await app.templateNames();
    await page.getByRole('button', { name: `Delete “${name}”` }).click();
    await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.getByRole('link', { name, exact: true }).waitFor();
    await app.saved();
  });

  test('[I17] a notice made before its region has arrived is shown when it has', async () => {
    const { page } = await profile.visit('about:blank');
    let letThrough = (): void => undefined;
    const isLetThrough = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route(/ToastRegion/, async (route) => {
      await isLetThrough;
      await route.continue();
    });
    await page.goto(server.url);
    const app = new App(page);
    await app.open('Templates');
    const [name = ''] = await app.templateNames();
    await page.getByRole('button', { name: `Delete “${name}”` }).click();
    await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
    await app.saved();
    letThrough();
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor({ timeout: 5_000 });
  });

  test('[P07] cancelling a duplicate leaves nothing behind', async () => {
    const { page } = await profile.visit(server.url);
    const app = new App(page);
    await app.open('Templates');
    const names = await app.templateNames();
    await page.getByRole('button', { name: `Duplicate “${names[0]}”` }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await app.open('Templates');
    expect(await app.templateNames()).toEqual(names);
  });

  test('[P01] a template made in the editor is in the list at once, and the list keeps the others', async () => {
    const { page } = await profile.visit(server.url);
    const app = new App(page);
    await app.open('Templates');
    const names = await app.templateNames();
    await page.getByRole('button', { name: 'New template' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Made here');
    await app.paste('MSH|^~\\&|A|B|C|D|20260101||ADT^A08|1|P|2.5\rPID|1||0000', 'Content');
    await page.getByRole('button', { name: 'Save template' }).click();
    await app.open('Templates');
    expect((await app.templateNames()).sort()).toEqual([...names, 'Made here'].sort());
  });
});

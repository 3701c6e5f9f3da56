import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveApp } from '../../scripts/start.ts';
import { App } from './support/app.ts';
import { Profile, type Visit } from './support/browser.ts';

let server: Awaited<ReturnType<typeof serveApp>>;
let profile: Profile;
let visit: Visit;
let app: App;

beforeAll(async () => {
  server = await serveApp(0);
  profile = new Profile();
});
afterAll(async () => {
  await profile.remove();
  await server.close();
});
beforeEach(async () => {
  visit = await profile.visit(server.url);
  app = new App(visit.page);
  await app.raw().waitFor();
});

/** The text as Copy gives it, untouched: what went in must come out. */
async function copied(): Promise<string> {
  await visit.page.getByRole('button', { name: 'Line ends of the copy' }).click();
  await visit.page.getByRole('menuitemradio', { name: 'line ends as they are' }).click();
  await visit.page.getByRole('button', { name: 'Copy', exact: true }).click();
  return visit.page.evaluate(() => navigator.clipboard.readText());
}

describe('bad input is said, kept, and hangs nothing', () => {
  test.each([
    ['text that is no HL7', 'Dear colleague,\nplease find attached …'],
    ['control characters', 'MSH|^~\\&|A\rPID|1||\u0001\u0002\u001b[0m'],
    ['mixed line ends', 'MSH|^~\\&|A\r\nPID|1\nPV1|1\rZXX|2'],
  ])('[I19] %s comes back as it was, with a finding', async (_, text) => {
    await app.paste(text);
    await visit.page
      .getByRole('button', { name: /finding|error|problem|hint/i })
      .first()
      .waitFor();
    expect(await copied()).toBe(text);
    expect(visit.offences).toEqual({ console: [], requests: [] });
  });

  test('a template without a name and without content is refused by name, and nothing of it is in the list', async () => {
    await app.open('Templates');
    const names = await app.templateNames();
    await visit.page.getByRole('button', { name: 'New template' }).click();
    await visit.page.getByRole('button', { name: 'Save template' }).click();
    await visit.page.getByText('Enter a name.').waitFor();
    await visit.page.getByText('Enter the content: paste a message, or type one.').waitFor();
    await app.open('Templates');
    expect(await app.templateNames()).toEqual(names);
  });

  test('ten megabytes of noise leave the page usable', async () => {
    const noise = await visit.page.evaluate(async () => {
      let seed = 7;
      const next = () => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return seed;
      };
      const letters = '|^~\\&abcXYZ019 \n';
      const text = Array.from({ length: 10_000_000 }, () => letters[next() % letters.length]).join('');
      await navigator.clipboard.writeText(text);
      return text.length;
    });
    expect(noise).toBe(10_000_000);
    await app.raw().click();
    await visit.page.keyboard.press('Control+V');
    await app.open('Templates');
    expect((await app.templateNames()).length).toBeGreaterThan(0);
    await app.open('Editor');
    await visit.page
      .getByText(/10[,. ]?000[,. ]?000|10 ?MB|9\.5 ?MB/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(visit.offences).toEqual({ console: [], requests: [] });
  });
});

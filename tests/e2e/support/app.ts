import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** An invented admission: a repetition, subcomponents, an escape, an umlaut, a Z segment. */
export const ADMISSION = [
  'MSH|^~\\&|SENDER|TESTWARD|RECEIVER|TESTLAB|20260101120000||ADT^A01^ADT_A01|MSG00001|P|2.5',
  'EVN|A01|20260101120000',
  'PID|1||000001^^^TEST&1.2.3&ISO^MR~000002^^^TEST^PI||TESTPERSON^ADA^^^MÜSTER||19000101|F|||1 TEST STREET^^TESTTOWN',
  'NTE|1||first line\\.br\\second line',
  'ZXX|kept as it is',
].join('\r');

/** The status keeps what it says for so long, to be readable: right after an edit it may still say what was. */
const STEADY_MS = 700;

/** The app as a person meets it: by the names of things, not by how they are built. */
export class App {
  readonly page: Page;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole('button', { name: /^Storage status/ });
  }

  raw(name: 'Message' | 'Content' = 'Message'): Locator {
    return this.page.getByRole('textbox', { name: `${name}, raw text` });
  }

  treeItem(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name });
  }

  async open(page: 'Editor' | 'Templates' | 'Data'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: page }).click();
    await this.page.getByRole('heading', { level: 1, name: page }).waitFor();
  }

  /** Puts a text in the clipboard and pastes it over all that stands in the raw pane. */
  async paste(text: string, name: 'Message' | 'Content' = 'Message'): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.raw(name).click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+V');
  }

  /** What was edited before is on disk. */
  async saved(): Promise<void> {
    await this.page.waitForTimeout(STEADY_MS);
    await expect
      .poll(() => this.status.getAttribute('aria-label'), { timeout: 15_000 })
      .toBe('Storage status: Saved in this browser');
  }

  async openTemplate(name: string): Promise<void> {
    await this.open('Templates');
    await this.page.getByRole('link', { name, exact: true }).click();
    await this.raw('Content').waitFor();
  }

  /** The names in the list of templates, in the order shown. */
  async templateNames(): Promise<string[]> {
    await this.page.getByRole('table', { name: 'Templates' }).waitFor();
    return this.page
      .getByRole('table', { name: 'Templates' })
      .getByRole('rowheader')
      .getByRole('link')
      .allTextContents();
  }
}

import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { editorDraft } from '../../../src/app/stores/editorDraft.ts';
import { type OpenApp, openApp, paste } from './support/openApp.tsx';

const MESSAGE =
  'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r\nPID|1||4711^^^X^MR||TESTPERSON^ADA||19000101|F\r\n';

let app: OpenApp | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await app?.close();
  app = undefined;
});

const raw = page.getByRole('textbox', { name: 'Message, raw text' });
const item = (name: RegExp) => page.getByRole('treeitem', { name });
const rawText = (): string => (raw.element() as HTMLElement).innerText;

/** Chooses a row without touching its value, which would edit it. */
const choose = (name: RegExp): Promise<void> => userEvent.click(item(name), { position: { x: 90, y: 12 } });

async function openWith(text: string): Promise<OpenApp> {
  app = await openApp('/');
  await expect.element(raw).toBeVisible();
  await paste(raw.element(), text);
  return app;
}

/** What the copy button hands to the clipboard; the browser under test may not own one. */
function watchClipboard(): { copied: () => string | undefined } {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  return { copied: () => write.mock.lastCall?.[0] };
}

test('[P08] an edit in the structure is in the raw text and in the copy at once', async () => {
  await openWith(MESSAGE);
  const clipboard = watchClipboard();
  await choose(/^PID-8 /);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('textbox', { name: 'PID-8 Administrative Sex' })).toHaveFocus();
  await userEvent.keyboard('M|x');
  expect(rawText()).toContain('|19000101|M\\F\\x');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(clipboard.copied()).toBe(
    'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||4711^^^X^MR||TESTPERSON^ADA||19000101|M\\F\\x',
  );
  await expect.element(page.getByText('Copied 2 segments, CR line ends.')).toBeVisible();
});

test('untouched text is copied byte for byte', async () => {
  await openWith('');
  const clipboard = watchClipboard();
  const file = new File([MESSAGE], 'x.hl7');
  await userEvent.upload(document.querySelector('input[type=file]') as HTMLInputElement, file);
  await expect.element(item(/^PID /)).toBeVisible();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(clipboard.copied()).toBe(MESSAGE);
});

test('when the clipboard is refused, the text is shown selected', async () => {
  await openWith('MSH|^~\\&|A');
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  const area = page.getByRole('textbox', { name: 'Text to copy' });
  await expect.element(area).toHaveValue('MSH|^~\\&|A');
  await expect.element(area).toHaveFocus();
  expect(window.getSelection()?.toString()).toBe('MSH|^~\\&|A');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.element(area).not.toBeInTheDocument();
});

test('typing in the raw text shows in the structure, and the place under the caret is named', async () => {
  await openWith('MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r');
  await userEvent.keyboard('PID|1||||TEST^AD');
  await expect.element(item(/^PID-5 Patient Name: TEST\^AD/)).toBeVisible();
  await expect.element(page.getByText('PID-5.2', { exact: true })).toBeVisible();
  await expect.element(page.getByText(/^Given Name/)).toBeVisible();
});

test('[P10] loading an example over a message is one step of undo, and the toast offers it too', async () => {
  await openWith(MESSAGE);
  await page.getByRole('button', { name: 'Load' }).click();
  await page.getByRole('menuitem', { name: /ORM/ }).click();
  await expect.element(item(/^ORC /)).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect.element(item(/^PID-5 .*TESTPERSON\^ADA/)).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.element(item(/^ORC /)).toBeVisible();
});

test('[P10] undo takes back what was typed into the structure, field by field', async () => {
  await openWith(MESSAGE);
  await choose(/^PID-7 /);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('textbox', { name: /^PID-7/ })).toHaveFocus();
  await userEvent.keyboard('20000101{Enter}');
  await choose(/^PID-8 /);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('textbox', { name: /^PID-8/ })).toHaveFocus();
  await userEvent.keyboard('M{Enter}');
  expect(rawText()).toContain('|20000101|M');
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(rawText()).toContain('|20000101|F');
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(rawText()).toContain('|19000101|F');
});

test('selecting in the structure selects in the raw text', async () => {
  await openWith(MESSAGE);
  await choose(/^PID-3 /);
  await expect.element(page.getByRole('tree')).toHaveFocus();
  // Back over the three buttons of the structure into the raw text.
  await userEvent.keyboard('{Shift>}{Tab}{Tab}{Tab}{Tab}{/Shift}');
  await userEvent.keyboard('NEW');
  expect(rawText()).toContain('PID|1||NEW||TESTPERSON');
});

test('[F35] the text of the editor is there again after a reload, line ends and all', async () => {
  const opened = await openWith(MESSAGE);
  await opened.persistence.flush();
  await opened.reopen();
  await expect.element(item(/^PID-5 .*TESTPERSON\^ADA/)).toBeVisible();
  const clipboard = watchClipboard();
  await page.getByRole('button', { name: 'Line ends of the copy' }).click();
  await page.getByRole('menuitemradio', { name: 'line ends as they are' }).click();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(clipboard.copied()).toBe(MESSAGE);
});

test('[F35] what is taken up from a page that died shows in the editor, and is not typed over', async () => {
  const { persistence } = await openWith(MESSAGE);
  const view = persistence.records(editorDraft).getSnapshot();
  const draft = view.kind === 'ready' ? view.records[0] : undefined;
  if (!draft) throw new Error('the text is not among the drafts');
  persistence.edit(editorDraft, draft.id, { ...draft.data, text: `${MESSAGE}ZXX|left behind` });
  await expect.element(item(/^ZXX-1/)).toBeVisible();
  expect(rawText()).toContain('ZXX|left behind');
});

test('a binary file is refused with the reason, and the message stays', async () => {
  await openWith(MESSAGE);
  const file = new File([new Uint8Array([77, 0, 1, 2])], 'x.bin');
  await userEvent.upload(document.querySelector('input[type=file]') as HTMLInputElement, file);
  await expect
    .element(page.getByText('The file is not text. It was not opened, and nothing was changed.').first())
    .toBeVisible();
  expect(rawText()).toContain('TESTPERSON');
});

test('text that lost its line breaks is offered to be split, and never split silently', async () => {
  await openWith('MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5 PID|1||4711 PV1|1|I');
  await expect.element(page.getByText('1 segment', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Split lines' }).click();
  await expect.element(page.getByText('3 segments', { exact: true })).toBeVisible();
});

test('search finds a place and a text, and goes there', async () => {
  await openWith(MESSAGE);
  await userEvent.keyboard('{Control>}f{/Control}');
  await userEvent.keyboard('pid-5.2{Enter}');
  await expect.element(item(/^PID-5.2 Given Name: ADA/)).toHaveAttribute('aria-selected', 'true');
});

test('choosing a finding goes to its field', async () => {
  await openWith(MESSAGE.replace('19000101', '19001399'));
  await page.getByRole('button', { name: /1 warning/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /PID-7/ }).click();
  await expect.element(item(/^PID-7 /)).toHaveAttribute('aria-selected', 'true');
});

import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { templates } from '../../../src/app/stores/templates.ts';
import { passed } from './problems/support/stage.tsx';
import { type OpenApp, openApp } from './support/openApp.tsx';

let app: OpenApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
  window.localStorage.clear();
});

const MESSAGE = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A04|1|P|2.5\rPID|1||7||TEST^ADA';
/** A step that came up takes nothing for a moment. */
const quiet = () => passed(450);
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function pasteIntoImport(text: string): Promise<void> {
  await button('Import…').click();
  await expect.element(page.getByRole('heading', { name: 'Import from a file' })).toBeVisible();
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement?.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );
}

function contents(): string[] {
  const view = app?.persistence.records(templates).getSnapshot();
  return view?.kind === 'ready' ? view.records.map(({ data }) => data.content) : [];
}

test('[I19] pasted HL7 text becomes a template to the character, waits in Activity, and Undo takes it away', async () => {
  app = await openApp('/data');
  const before = contents();
  await pasteIntoImport(MESSAGE);
  await expect.element(page.getByText('Plain HL7 text: each message becomes a template.')).toBeVisible();
  await quiet();
  await button('Import 1').click();
  await expect.element(page.getByRole('heading', { name: 'The import is saved' })).toBeVisible();
  expect(contents().filter((content) => !before.includes(content))).toEqual([MESSAGE]);
  await expect.element(page.getByText('Imported a file')).toBeInTheDocument();
  await quiet();
  await button('Undo import').click();
  await expect.poll(contents).toEqual(before);
  await expect.poll(() => document.activeElement?.textContent).toBe('Import…');
});

test('what was chosen about a file is there again when a person comes back with it', async () => {
  app = await openApp('/data');
  await pasteIntoImport(MESSAGE);
  const onlyNew = page.getByRole('radio', { name: 'Only add what is new' });
  await expect.element(onlyNew).toBeVisible();
  await quiet();
  await onlyNew.click();
  await expect.element(onlyNew).toBeChecked();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await pasteIntoImport(MESSAGE);
  await expect.element(onlyNew).toBeChecked();
});

test('another dialog is not opened over one that is open, and going back to a backup has its place', async () => {
  app = await openApp('/data');
  await button('Go back to a backup…').click();
  await expect.element(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeVisible();
  expect(await app.persistence.openImport()).toBeNull();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.activeElement?.textContent).toBe('Go back to a backup…');
});

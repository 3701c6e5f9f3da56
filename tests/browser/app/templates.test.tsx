import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { navigate } from 'wouter/use-hash-location';
import { templates } from '../../../src/app/stores/templates.ts';
import { importedState } from '../../../src/app/templates/importedOnly.ts';
import { type OpenApp, openApp, paste } from './support/openApp.tsx';

const MESSAGE = 'MSH|^~\\&|A|B|C|D|20260101||MDM^T02|1|P|2.5\rPID|1||HELPERVARIABLE1||HELPERVARIABLE1^X';
const EXAMPLES = ['ADT^A01 (Admit)', 'ORM^O01 (Order)', 'ORU^R01 (Observation Result)'];

let app: OpenApp | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await app?.close();
  app = undefined;
});

const content = page.getByRole('textbox', { name: 'Content, raw text' });
const name = page.getByRole('textbox', { name: 'Name' });
const table = page.getByRole('table', { name: 'Templates' });
const listed = (): string[] =>
  [...document.querySelectorAll('tbody th a')].map((link) => link.textContent ?? '').sort();

async function fillNew(title: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New template' }).click();
  await name.fill(title);
  await expect.element(content).toBeVisible();
  await paste(content.element(), text);
}

test('a first visit shows the examples, with their type and their placeholders', async () => {
  app = await openApp('/templates');
  await expect.element(table).toBeVisible();
  expect(listed()).toEqual(EXAMPLES);
  await expect.element(page.getByRole('row', { name: /ADT\^A01.*ADT-A01 4/ })).toBeVisible();
});

test('after an import only what it wrote is listed, until a person wants all', async () => {
  app = await openApp('/');
  navigate('/templates', { state: importedState(['default-0', 'default-1', 'gone since']) });
  await expect.element(page.getByText('Only the 2 templates that were imported are listed.')).toBeVisible();
  expect(listed()).toHaveLength(2);
  await app.reopen();
  await expect.element(table).toBeVisible();
  expect(listed()).toHaveLength(2);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(listed).toEqual(EXAMPLES);
  await app.reopen();
  await expect.element(table).toBeVisible();
  expect(listed()).toEqual(EXAMPLES);
});

test('an import that was undone hides nothing', async () => {
  app = await openApp('/');
  navigate('/templates', { state: importedState(['gone since']) });
  await expect.element(table).toBeVisible();
  expect(listed()).toEqual(EXAMPLES);
});

test('[P01] a template made on one page is in the list, and still there after a save and a reload', async () => {
  app = await openApp('/templates');
  await fillNew('Mine', MESSAGE);
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect.element(table).toBeVisible();
  expect(listed()).toEqual([...EXAMPLES, 'Mine'].sort());
  await page.getByRole('link', { name: 'Mine' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('edited');
  await app.persistence.flush();
  await app.reopen();
  await page.getByRole('link', { name: 'Templates' }).first().click();
  await expect.element(page.getByText('edited')).toBeVisible();
  expect(listed()).toEqual([...EXAMPLES, 'Mine'].sort());
});

test('[P04] deleting all templates leaves an empty list, also after a reload', async () => {
  app = await openApp('/templates');
  for (const example of EXAMPLES) {
    await page.getByRole('button', { name: `Delete “${example}”` }).click();
    await expect.element(page.getByRole('link', { name: example })).not.toBeInTheDocument();
  }
  await expect.element(page.getByText('No templates yet')).toBeVisible();
  await app.reopen();
  await expect.element(page.getByText('No templates yet')).toBeVisible();
  expect(listed()).toEqual([]);
});

test('deleting asks nothing and can be undone', async () => {
  app = await openApp('/templates');
  await page.getByRole('button', { name: 'Delete “ORM^O01 (Order)”' }).click();
  await expect.element(page.getByRole('link', { name: 'ORM^O01 (Order)' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.element(page.getByRole('link', { name: 'ORM^O01 (Order)' })).toBeVisible();
});

test('[P07] cancelling a new template or a copy leaves nothing behind', async () => {
  app = await openApp('/templates');
  await page.getByRole('button', { name: 'Duplicate “ADT^A01 (Admit)”' }).click();
  await expect.element(name).toHaveValue('ADT^A01 (Admit) copy');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(table).toBeVisible();
  await fillNew('Half a template', MESSAGE);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(table).toBeVisible();
  await app.persistence.flush();
  await app.reopen();
  await expect.element(table).toBeVisible();
  expect(listed()).toEqual(EXAMPLES);
  await expect.element(page.getByText(/not saved yet/)).not.toBeInTheDocument();
});

test('a discarded draft is offered back once', async () => {
  app = await openApp('/templates');
  await fillNew('Half a template', MESSAGE);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('link', { name: 'Continue the draft “Half a template”' }).click();
  await expect.element(name).toHaveValue('Half a template');
  expect((content.element() as HTMLElement).innerText).toContain('MDM^T02');
});

test('a copy survives a reload before anything was typed into it', async () => {
  app = await openApp('/templates');
  await page.getByRole('button', { name: 'Duplicate “ADT^A01 (Admit)”' }).click();
  await expect.element(name).toHaveValue('ADT^A01 (Admit) copy');
  await app.persistence.flush();
  await app.reopen();
  await expect.element(name).toHaveValue('ADT^A01 (Admit) copy');
});

test('[P06] leaving a half-made template keeps it as a draft, and says so', async () => {
  app = await openApp('/templates');
  await fillNew('Half a template', MESSAGE);
  await page.getByRole('link', { name: 'Editor' }).click();
  await expect.element(page.getByText('Kept as a draft. It is on the list of templates.')).toBeVisible();
  await app.reopen();
  await page.getByRole('link', { name: 'Templates' }).first().click();
  await expect.element(page.getByText('1 draft, not saved yet')).toBeVisible();
  expect(listed()).toEqual(EXAMPLES);
});

test('[P06] leaving an edited template by another row loses nothing', async () => {
  app = await openApp('/templates/default-0');
  await name.fill('Renamed');
  await page.getByRole('link', { name: 'Templates' }).first().click();
  await page.getByRole('link', { name: 'ORM^O01 (Order)' }).click();
  await expect.element(name).toHaveValue('ORM^O01 (Order)');
  await page.getByRole('link', { name: 'Templates' }).first().click();
  await expect.element(page.getByRole('link', { name: 'Renamed' })).toBeVisible();
});

test('name and content are asked for next to their fields, and nothing is saved before', async () => {
  app = await openApp('/templates');
  await page.getByRole('button', { name: 'New template' }).click();
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect.element(page.getByText('Enter a name.')).toBeVisible();
  await expect.element(page.getByText('Enter the content: paste a message, or type one.')).toBeVisible();
  await expect.element(name).toHaveAttribute('aria-invalid', 'true');
  await expect.element(name).toHaveFocus();
});

test('an existing template cannot lose its name or content by being emptied', async () => {
  app = await openApp('/templates/default-0');
  await name.fill('');
  await expect.element(page.getByText('Enter a name. Until then the last one is kept.')).toBeVisible();
  await userEvent.click(content);
  await userEvent.keyboard('{Control>}a{/Control}{Backspace}');
  await expect
    .element(page.getByText('Enter the content. Until then the last content is kept.'))
    .toBeVisible();
  await app.persistence.flush();
  await app.reopen();
  await expect.element(name).toHaveValue('ADT^A01 (Admit)');
  await expect.element(page.getByRole('treeitem', { name: /^MSH/ }).first()).toBeVisible();
});

test('[P12] the type is that of the content, whichever it is, and can be any other', async () => {
  app = await openApp('/templates');
  await fillNew('A document', MESSAGE);
  const type = page.getByRole('textbox', { name: 'Message type' });
  await expect.element(type).toHaveValue('MDM-T02');
  await type.fill('ZZZ-Z99');
  await expect.element(page.getByText('MSH-9 says MDM-T02.')).toBeVisible();
  await page.getByRole('button', { name: 'Use MDM-T02' }).click();
  await expect.element(type).toHaveValue('MDM-T02');
});

test('a placeholder is put at the caret, with the next free number', async () => {
  app = await openApp('/templates');
  await fillNew('Placeholders', `${MESSAGE}|`);
  await page.getByRole('button', { name: 'Insert placeholder' }).click();
  await page.getByRole('menuitem', { name: /HELPERVARIABLE2/ }).click();
  expect((content.element() as HTMLElement).innerText).toContain('HELPERVARIABLE1^X|HELPERVARIABLE2');
});

test('[P05] while saving fails it is said, nothing typed is lost, and it is said when it works again', async () => {
  app = await openApp('/templates/default-0');
  await expect.element(name).toHaveValue('ADT^A01 (Admit)');
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...[stores, mode, options]: Parameters<typeof transaction>
  ) {
    if (mode === 'readwrite') throw new DOMException('no room', 'QuotaExceededError');
    return transaction.call(this, stores, mode, options);
  });
  await name.fill('Written into a full disk');
  await expect.element(page.getByRole('button', { name: /^Storage status: Not saved/ })).toBeVisible();
  await expect.element(page.getByRole('alert').filter({ hasText: 'isn’t saved yet' })).toBeVisible();
  await name.fill('Written into a full disk, and on');
  await expect.element(name).toHaveFocus();

  vi.restoreAllMocks();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('Saving works again. 1 change saved.')).toBeVisible();
  await app.reopen();
  await expect.element(name).toHaveValue('Written into a full disk, and on');
});

test('ten thousand templates: few rows in the page, and search finds the last one', async () => {
  app = await openApp('/templates');
  const { persistence } = app;
  const view = persistence.records(templates).getSnapshot();
  const [example] = view.kind === 'ready' ? view.records : [];
  if (!example) throw new Error('no examples');
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...example,
    id: `many-${index}`,
    data: { ...example.data, id: `many-${index}`, name: `Template ${index}`, createdAt: index },
  }));
  vi.spyOn(persistence, 'records').mockReturnValue({
    subscribe: () => () => undefined,
    getSnapshot: () => ready,
  } as never);
  const ready = { kind: 'ready', records: many, readOnly: false };
  await page.getByRole('link', { name: 'Editor' }).click();
  await page.getByRole('link', { name: 'Templates' }).click();
  await expect.element(table).toHaveAttribute('aria-rowcount', '10001');
  expect(document.querySelectorAll('tbody th').length).toBeLessThanOrEqual(40);
  await page.getByRole('textbox', { name: 'Search templates' }).fill('Template 9999');
  await expect.element(page.getByRole('link', { name: 'Template 9999' })).toBeVisible();
});

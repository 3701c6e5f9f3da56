import { afterEach, describe, expect, it, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { strengthOf } from '../../../../src/app/data/export/strengthOf.ts';
import { exportOfNotes, fileOf } from '../../../paths/world/importWorld.ts';
import { passed } from '../problems/support/stage.tsx';
import type { Visit } from '../problems/support/visit.ts';
import { one, three, visitConflicts } from './support/conflictScenes.tsx';
import { visitExport } from './support/exportScenes.tsx';
import { files, PASSPHRASE, sealed, visitImport } from './support/importScenes.tsx';

let open: Pick<Visit, 'close'> | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});
const visiting = async <Some extends Pick<Visit, 'close'>>(visit: Promise<Some>): Promise<Some> => {
  const opened = await visit;
  open = opened;
  return opened;
};

const press = (keys: string) => userEvent.keyboard(keys);
const heading = (name: RegExp | string) => page.getByRole('heading', { level: 2, name });
const focused = (): string => document.activeElement?.textContent ?? '';
/** A step that came up takes nothing for a moment. */
const quiet = () => passed(450);
const CTRL_ENTER = '{Control>}{Enter}{/Control}';

function give(type: 'paste' | 'drop', fill: (data: DataTransfer) => void): void {
  const data = new DataTransfer();
  fill(data);
  const init = { bubbles: true, cancelable: true };
  document.activeElement?.dispatchEvent(
    type === 'paste'
      ? new ClipboardEvent('paste', { ...init, clipboardData: data })
      : new DragEvent('drop', { ...init, dataTransfer: data }),
  );
}
const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('A file comes in', () => {
  it('chosen: the button opens the browser’s own chooser, and its file is taken', async () => {
    const { root } = await visiting(visitImport({}));
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('There is no file input');
    let opened = 0;
    input.addEventListener('click', (event) => {
      opened += 1;
      event.preventDefault();
    });
    expect(focused()).toMatch(/^Drop a file here/);
    await press('{Enter}');
    expect(opened).toBe(1);
    await userEvent.upload(input, new File([files.fresh], 'export.json'));
    await expect.element(heading('What this import would do')).toBeVisible();
    expect(root.getSnapshot().context.preview?.plan.counts.new).toBe(1);
  });

  it.each([
    ['pasted as text', 'paste', (data: DataTransfer) => data.setData('text/plain', asText(files.fresh))],
    ['pasted as a file', 'paste', (data: DataTransfer) => data.items.add(new File([files.fresh], 'a.json'))],
    ['dropped', 'drop', (data: DataTransfer) => data.items.add(new File([files.fresh], 'a.json'))],
  ] as const)('%s', async (_, type, fill) => {
    await visiting(visitImport({}));
    give(type, (data) => void fill(data));
    await expect.element(heading('What this import would do')).toBeVisible();
  });

  it.each(['paste', 'drop'] as const)('by %s also where another was refused', async (type) => {
    const { root } = await visiting(visitImport({ file: new Blob(['Dear colleague']) }));
    await expect.element(heading('This file can’t be imported')).toBeVisible();
    give(type, (data) => void data.items.add(new File([files.fresh], 'a.json')));
    await expect.element(heading('What this import would do')).toBeVisible();
    expect(root.getSnapshot().context.preview?.plan.counts.new).toBe(1);
  });

  it('dropped where none is asked for, it takes the place of nothing', async () => {
    const { root } = await visiting(visitImport({ file: fileOf(files.fresh) }));
    const data = new DataTransfer();
    data.items.add(new File([files.same], 'b.json'));
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
    document.body.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    expect(root.getSnapshot().context.preview?.plan.counts.new).toBe(1);
    await expect.element(heading('What this import would do')).toBeVisible();
  });

  it('an empty paste changes nothing', async () => {
    const { actor } = await visiting(visitImport({}));
    give('paste', () => {});
    expect(actor.getSnapshot().value).toBe('choosingFile');
  });
});

describe('By keyboard alone', () => {
  it('[I4] an encrypted file is opened, looked through and written; the focus returns', async () => {
    const { root, stage, dump } = await visiting(visitImport({ file: fileOf(sealed) }));
    const before = await dump();
    await press(`${PASSPHRASE}{Enter}`);
    await expect.element(heading('What this import would do')).toBeVisible();
    expect(await dump(), 'before the last button').toBe(before);
    await quiet();
    await press(CTRL_ENTER);
    await expect.element(heading('The import is saved')).toBeVisible();
    expect(focused()).toBe('The import is saved');
    expect(await dump()).not.toBe(before);
    await quiet();
    await press(CTRL_ENTER);
    expect(root.getSnapshot().output).toMatchObject({ kind: 'imported', isUndoAsked: false });
    await expect.poll(() => document.activeElement).toBe(stage.before);
  });

  it('the last button waits for consent where much would go, and Undo is asked for at the end', async () => {
    const { root } = await visiting(visitImport({ file: fileOf(files.same) }));
    page.getByRole('button', { name: 'Replace instead…' }).element().focus();
    await press('{Enter}');
    await expect.element(page.getByText('2 records leave the list')).toBeVisible();
    await quiet();
    const go = page.getByRole('button', { name: 'Write 1, remove 2' });
    expect(go.element().ariaDisabled).toBe('true');
    await press(CTRL_ENTER);
    await expect.element(page.getByText('Say first that what leaves the list may go.')).toBeVisible();
    page
      .getByRole('checkbox', { name: /shrink to less than half/ })
      .element()
      .focus();
    await press(' ');
    await expect.poll(() => go.element().ariaDisabled).toBeNull();
    await press(CTRL_ENTER);
    await expect.element(heading('The import is saved')).toBeVisible();
    await expect.element(page.getByText(/1 record was written. 2 left the list./)).toBeVisible();
    await quiet();
    page.getByRole('button', { name: 'Undo import' }).element().focus();
    await press('{Enter}');
    expect(root.getSnapshot().output).toMatchObject({ kind: 'imported', isUndoAsked: true });
  });

  it('conflicts are decided by keys, and going back keeps what was chosen', async () => {
    const { root } = await visiting(visitImport({ file: fileOf(files.two) }));
    await press(CTRL_ENTER);
    await expect.element(heading('2 records were changed in both places')).toBeVisible();
    await quiet();
    page.getByRole('radio', { name: 'Keep both' }).element().focus();
    await press('3');
    await expect.element(page.getByRole('radio', { name: 'Use the one in the file' })).toBeChecked();
    await press('{Escape}');
    await expect.element(heading('What this import would do')).toBeVisible();
    await quiet();
    await press(CTRL_ENTER);
    await expect.element(heading('2 records were changed in both places')).toBeVisible();
    await expect.element(page.getByRole('radio', { name: 'Use the one in the file' })).toBeChecked();
    await quiet();
    await press('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(page.getByText('2 of 2', { exact: true })).toBeVisible();
    page.getByRole('radio', { name: 'Keep both' }).element().focus();
    await press('4');
    await press(CTRL_ENTER);
    await expect.element(heading('The import is saved')).toBeVisible();
    expect(root.getSnapshot().context.preview?.commit?.changes.map(({ data }) => data)).toMatchObject([
      { text: 'a of the file' },
      { text: 'b of the file', copy: expect.any(String) },
    ]);
  });
});

describe('The preview', () => {
  it('keeps the focus while a tick is held against what is here', async () => {
    await visiting(visitImport({ file: fileOf(files.fresh) }));
    const tick = page.getByRole('checkbox', { name: '1 new', exact: true });
    tick.element().focus();
    await press(' ');
    await expect.element(page.getByText('Nothing is taken with these choices.')).toBeVisible();
    expect(document.activeElement).toBe(tick.element());
    await press(' ');
    await expect.element(page.getByRole('button', { name: 'Import 1' })).toBeVisible();
  });

  it('finds a record by name, and takes it or not', async () => {
    const { root } = await visiting(visitImport({ file: fileOf(files.fresh) }));
    const filter = page.getByRole('textbox', { name: 'Filter the records' });
    await filter.fill('zzz');
    await expect.element(page.getByText('No record matches.')).toBeVisible();
    await filter.fill('not');
    await page.getByRole('checkbox', { name: 'Take “notes” from the file' }).click();
    await expect.poll(() => [...root.getSnapshot().context.selection.choices.values()]).toEqual(['here']);
    await expect.element(page.getByText('is not taken')).toBeVisible();
  });
});

describe('Of ten thousand records', () => {
  it('only those on screen are in the page, and the last one is found', async () => {
    const many = Array.from(
      { length: 10_000 },
      (_, i) => [`n${i}`, { text: 'new', name: `Note ${i}` }] as const,
    );
    const file = fileOf(await exportOfNotes(Object.fromEntries(many)));
    await visiting(visitImport({ file }));
    await expect.element(page.getByText('10,000 of 10,000 records')).toBeVisible();
    const rows = () => [...document.querySelectorAll('li[aria-posinset]')];
    expect(rows().length).toBeLessThanOrEqual(40);
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000');
    await page.getByRole('textbox', { name: 'Filter the records' }).fill('note 9999');
    await expect
      .poll(() => rows().map((row) => row.textContent))
      .toEqual([expect.stringMatching(/^Note 9999/)]);
  }, 60_000);
});

describe('Conflicts, field by field', () => {
  it('a merge waits until each field that both changed has a side, and takes what only one changed', async () => {
    const { actor, settled } = await visiting(visitConflicts({ sides: one }));
    const apply = page.getByRole('button', { name: 'Apply 1 choice' });
    await page.getByRole('radio', { name: /Merge field by field/ }).click();
    expect(apply.element().ariaDisabled).toBe('true');
    await press(CTRL_ENTER);
    expect(actor.getSnapshot().value).toBe('choosing');
    await page.getByRole('radio', { name: /The file WILLEM/ }).click();
    await expect.poll(() => apply.element().ariaDisabled).toBeNull();
    await press(CTRL_ENTER);
    await settled();
    const { output } = actor.getSnapshot();
    const merged = output?.kind === 'decided' ? output.resolutions.get('a')?.merged : undefined;
    expect(merged).toMatchObject({ content: expect.stringMatching(/TEST\^WILLEM\rPV1\|1\|I\r$/) });
  });

  it('up and down go through the fields, left and right through the sides', async () => {
    const { actor } = await visiting(visitConflicts({ sides: one }));
    const [first] = document.querySelectorAll<HTMLInputElement>('[data-row] input');
    first?.focus();
    await press('{ArrowRight}');
    expect([...(actor.getSnapshot().context.picks.get('a')?.values() ?? [])]).toEqual(['second']);
    await press('{ArrowDown}');
    const rows = [...document.querySelectorAll('[data-row]')];
    expect(rows[1]?.contains(document.activeElement)).toBe(true);
    await press('{ArrowUp}');
    expect(rows[0]?.contains(document.activeElement)).toBe(true);
  });

  it('what is chosen for one is done for all that are open', async () => {
    const { actor, settled } = await visiting(visitConflicts({ sides: three }));
    await page.getByRole('radio', { name: 'Keep both' }).click();
    await page.getByRole('button', { name: 'Do the same for 2 open ones' }).click();
    await page.getByRole('button', { name: 'Apply 3 choices' }).click();
    await settled();
    const { output } = actor.getSnapshot();
    const decisions = output?.kind === 'decided' ? [...output.resolutions.values()] : [];
    expect(decisions.map(({ decision }) => decision)).toEqual(['keep-both', 'keep-both', 'keep-both']);
  });
});

describe('An export', () => {
  it('is encrypted only with a passphrase that was typed twice alike, and it is kept nowhere', async () => {
    const { actor, settled } = await visiting(visitExport({}));
    await page.getByRole('checkbox', { name: 'Encrypt with a passphrase' }).click();
    const go = page.getByRole('button', { name: 'Export', exact: true });
    await page.getByLabelText('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabelText('The same again').fill('correct hearse');
    await expect.element(page.getByText('The two are not the same.')).toBeVisible();
    await press('{Enter}');
    expect(actor.getSnapshot().value).toBe('configuring');
    expect(go.element().ariaDisabled).toBe('true');
    await page.getByLabelText('The same again').fill(PASSPHRASE);
    await press('{Enter}');
    await settled();
    const { output, context } = actor.getSnapshot();
    if (output?.kind !== 'exported') throw new Error('It was not exported');
    expect(asText(output.file.bytes)).toContain('"locked"');
    expect(JSON.stringify(context)).not.toContain(PASSPHRASE);
  });

  it('holds only the templates that were ticked, found by name', async () => {
    const { actor } = await visiting(visitExport({}));
    await page.getByRole('radio', { name: 'Only what I choose' }).click();
    await page.getByRole('textbox', { name: 'Filter the templates' }).fill('disch');
    await page.getByRole('checkbox', { name: 'Discharge' }).click();
    await expect.element(page.getByText('1 template chosen')).toBeVisible();
    const { stores, only } = actor.getSnapshot().context.settings;
    expect([stores, [...(only.get('templates') ?? [])]]).toEqual([['templates'], ['a']]);
    await page.getByRole('button', { name: 'Choose none' }).click();
    expect(page.getByRole('button', { name: 'Export', exact: true }).element().ariaDisabled).toBe('true');
  });
});

test.each([
  ['', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['Summer2026', 'fair'],
  ['correct horse', 'weak'],
  ['correct horse battery staple', 'fair'],
  ['correct horse battery staple walrus', 'strong'],
  ['k8#Vq2!zTm4^', 'strong'],
])('the passphrase “%s” is %s', (passphrase, strength) => {
  expect(strengthOf(passphrase)).toBe(strength);
});

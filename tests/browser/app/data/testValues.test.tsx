import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { byField } from '../../../../src/app/data/export/byField.ts';
import { testFileName } from '../../../../src/app/data/export/testFileName.ts';
import { expectAccessible } from '../problems/support/stage.tsx';
import type { Visit } from '../problems/support/visit.ts';
import { both, visitExport } from './support/exportScenes.tsx';

let open: Pick<Visit, 'close'> | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function visit() {
  const opened = await visitExport({ found: both });
  open = opened;
  return opened;
}

const replace = page.getByRole('checkbox', { name: 'Replace them with test values' });
const go = (name: string) => page.getByRole('button', { name, exact: true });
const focus = (name: RegExp) => page.getByRole('checkbox', { name }).element().focus();

describe('Test values', () => {
  it('are chosen by keyboard; the button and the name of the file say so, and the file holds them', async () => {
    const { actor, settled, dump } = await visit();
    const before = await dump();
    await expect.element(go('Export unencrypted')).toBeVisible();
    focus(/^Replace them/);
    await userEvent.keyboard(' ');
    await expect.element(replace).toBeChecked();
    expect(document.activeElement).toBe(replace.element());
    await expect.element(go('Export')).toBeVisible();
    await expect.element(page.getByText(/hl7-helper-backup-2026-03-01-test-values\.json/)).toBeVisible();
    await expect
      .element(page.getByRole('status').filter({ hasText: /Test values take their place/ }))
      .toBeVisible();
    await expectAccessible();
    await userEvent.keyboard('{Enter}');
    await settled();
    const { output } = actor.getSnapshot();
    if (output?.kind !== 'exported') throw new Error('It was not exported');
    const text = new TextDecoder().decode(output.file.bytes);
    expect(text).toContain('"test 1"');
    expect(text).not.toContain('as stored');
    expect(output.file).toMatchObject({
      replaced: 1,
      leftOut: 0,
      name: expect.stringContaining('-test-values'),
    });
    expect(await dump()).toBe(before);
  });

  it('not wanted after all: it is as before', async () => {
    await visit();
    await replace.click();
    await replace.click();
    await expect.element(go('Export unencrypted')).toBeVisible();
    await expect.element(page.getByText(/hl7-helper-backup-2026-03-01\.json/)).toBeVisible();
  });

  it('encrypted, nothing is readable, with or without them', async () => {
    await visit();
    await page.getByRole('checkbox', { name: 'Encrypt with a passphrase' }).click();
    await expect.element(page.getByText(/They are encrypted in the file/)).toBeVisible();
    await expect.element(go('Export')).toBeVisible();
    await replace.click();
    await expect.element(page.getByText(/Test values take their place/)).toBeVisible();
  });
});

describe('The contents check', () => {
  it('speaks of what is chosen, and shows in which fields, by keyboard', async () => {
    await visit();
    await page.getByRole('radio', { name: 'Only what I choose' }).click();
    await page.getByRole('checkbox', { name: 'Discharge' }).click();
    await expect
      .element(page.getByText(/^1 of the records you export holds .*: PID-5, PID-19\./))
      .toBeVisible();
    await page.getByRole('checkbox', { name: 'Admit' }).click();
    await expect.element(page.getByText(/No values that look like patient data were found/)).toBeVisible();
    await expect.element(replace).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Choose all' }).click();
    const summary = page.getByText('Show the fields');
    (summary.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    const items = page.getByRole('listitem').filter({ hasText: /^PID/ });
    await expect
      .poll(() => items.elements().map(({ textContent }) => textContent))
      .toEqual(['PID-5 in 2 records', 'PID-7 in 1 record', 'PID-19 in 1 record']);
    await expectAccessible();
  });
});

it('the name of a file says once that it holds test values, and no more when it does not', () => {
  expect(testFileName('a.b.json', true)).toBe('a.b-test-values.json');
  expect(testFileName(testFileName('a.b.json', true), true)).toBe('a.b-test-values.json');
  expect(testFileName('a.b-test-values.json', false)).toBe('a.b.json');
  expect(testFileName('plain', true)).toBe('plain-test-values');
});

it('fields are in the order of a message, and by number', () => {
  const fields = ['IN1-10', 'GT1-3', 'PV1-7', 'NK1-2', 'PID-19', 'PID-5'];
  expect(fields.sort(byField)).toEqual(['PID-5', 'PID-19', 'NK1-2', 'PV1-7', 'GT1-3', 'IN1-10']);
});

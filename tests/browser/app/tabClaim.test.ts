import { beforeEach, expect, test } from 'vitest';
import { claimDraft, claimNewDraft } from '../../../src/app/editor/tabClaim.ts';

beforeEach(() => window.sessionStorage.clear());

/** Session storage belongs to one tab; a new tab has its own, and the locks are those of the browser. */
const anotherTab = (): void => window.sessionStorage.clear();

test('[B01] two tabs never go on with the same draft', async () => {
  const [newest, older] = [`n-${crypto.randomUUID()}`, `o-${crypto.randomUUID()}`];
  expect(await claimDraft([newest, older])).toBe(newest);
  anotherTab();
  expect(await claimDraft([newest, older])).toBe(older);
  anotherTab();
  expect(await claimDraft([newest, older])).toBeUndefined();
});

test('[B01] a draft that a tab has made is not taken by the next one', async () => {
  const made = crypto.randomUUID();
  claimNewDraft(made);
  anotherTab();
  expect(await claimDraft([made])).toBeUndefined();
});

test('after a reload a tab goes on with its own draft, not with a newer one', async () => {
  const [newer, own] = [`n-${crypto.randomUUID()}`, `own-${crypto.randomUUID()}`];
  window.sessionStorage.setItem('hl7-helper-web.editor-draft', own);
  expect(await claimDraft([newer, own])).toBe(own);
});

test('a draft that is gone is forgotten', async () => {
  window.sessionStorage.setItem('hl7-helper-web.editor-draft', 'gone');
  expect(await claimDraft([])).toBeUndefined();
});

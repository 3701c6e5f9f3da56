import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessible, passed } from '../problems/support/stage.tsx';
import {
  bare,
  changedBySide,
  gone,
  one,
  placeholder,
  settings,
  three,
  visitConflicts,
} from './support/conflictScenes.tsx';

type Visit = Awaited<ReturnType<typeof visitConflicts>>;

let visit: Visit | undefined;
afterEach(async () => {
  await visit?.close();
  visit = undefined;
});
const visiting = async (way: Parameters<typeof visitConflicts>[0]): Promise<Visit> => {
  visit = await visitConflicts(way);
  return visit;
};

const press = (keys: string) => userEvent.keyboard(keys);
const radio = (name: string | RegExp) => page.getByRole('radio', { name, exact: typeof name === 'string' });
const textbox = (name: string) => page.getByRole('textbox', { name });
/** Where the focus is, also inside of a pane. */
const focused = (): Element | null =>
  document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
const contentOf = (data: unknown): string => (data as { content: string }).content;
const picksOf = ({ actor }: Visit) => Object.fromEntries(actor.getSnapshot().context.picks.get('a') ?? []);

/** The lines of a pane as they are shown, signs included. */
function linesOf(name: string): string[] {
  const { parentElement } = textbox(name).element();
  return [...(parentElement?.querySelectorAll('.cm-line') ?? [])].map((line) => line.textContent ?? '');
}

async function expectFits(): Promise<void> {
  await page.viewport(320, 640);
  await passed(50);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  const dialog = document.querySelector('[role=dialog]');
  const cut = [...(dialog?.querySelectorAll('*') ?? [])].filter(
    (element) => element.checkVisibility() && element.getBoundingClientRect().right > 320.5,
  );
  expect(cut.map(({ outerHTML }) => outerHTML.slice(0, 200))).toEqual([]);
}

async function openPreview(): Promise<void> {
  const summary = page.getByText('Preview the result').element() as HTMLElement;
  summary.focus();
  await press('{Enter}');
}

describe('The preview of a merge', () => {
  it('[I5] shows what would be written, marks where each place is from, and follows each pick', async () => {
    const opened = await visiting({ sides: one });
    await openPreview();
    await expect.element(textbox('The merged message, raw text')).toBeVisible();
    await expect
      .poll(() => linesOf('The merged message, raw text'))
      .toEqual([expect.stringMatching(/^MSH/), 'PID|1||1||TEST^?WILLIAM', '→PV1|1|I', '']);
    await expect
      .element(page.getByText('1 field still needs a side. Until then it is shown as in this browser.'))
      .toBeVisible();
    await expect.element(page.getByText('No side yet: PID-5.2 Given Name')).toBeVisible();
    await expectAccessible();

    await radio(/^The file WILLEM/).click();
    await expect.poll(() => linesOf('The merged message, raw text')[1]).toBe('PID|1||1||TEST^→WILLEM');
    await expect.element(page.getByText('This is what would be written. It passes its check.')).toBeVisible();
    await expect
      .element(page.getByText('From the file: PID-5.2 Given Name, PV1 Patient Visit'))
      .toBeVisible();
    await expect.element(radio(/^Merge field by field: 0 from this browser, 2 from the file/)).toBeVisible();
    await radio(/^This browser WILLIAM/).click();
    await expect.poll(() => linesOf('The merged message, raw text')[1]).toBe('PID|1||1||TEST^←WILLIAM');
    await expectAccessible();
    await expectFits();

    await page.getByRole('button', { name: 'Apply 1 choice' }).click();
    await opened.settled();
    const { output } = opened.actor.getSnapshot();
    const merged = output?.kind === 'decided' ? output.resolutions.get('a')?.merged : undefined;
    expect(merged).toMatchObject({
      content: expect.stringMatching(/\rPID\|1\|\|1\|\|TEST\^WILLIAM\rPV1\|1\|I\r$/),
    });
  });

  it('[I5] says before it is applied why a merge makes no sense, in the words of the machine', async () => {
    const { settled, actor } = await visiting({ sides: bare });
    const reason = 'The merged message has no PID segment. Choose sides that keep it.';
    await radio(/^The file \(not there\)/).click();
    await expect.element(page.getByText(reason)).toBeVisible();
    await openPreview();
    await expect
      .element(page.getByText('From the file: PID Patient Identification (left out)'))
      .toBeVisible();
    await expect
      .element(page.getByText(/^This is what would be made. It would not be accepted/))
      .toBeVisible();
    await expect.element(textbox('The merged message, raw text')).toBeVisible();
    await expectAccessible();
    await press('{Control>}{Enter}{/Control}');
    await settled();
    expect(actor.getSnapshot().context.finding).toEqual({
      code: 'unsound',
      faults: [{ key: 'a', why: 'no-patient' }],
    });
    await expect.element(page.getByRole('alert')).toHaveTextContent(reason);
    // A step that came up takes nothing for a moment.
    await passed(450);
    await radio(/^This browser PID/).click();
    await expect.element(page.getByText('This is what would be written. It passes its check.')).toBeVisible();
  });

  it('[I5] of what holds no message shows member by member what would be written', async () => {
    await visiting({ sides: settings });
    await openPreview();
    await radio(/^The file dark/).click();
    await expect.element(page.getByText('From the file: theme')).toBeVisible();
    expect(page.getByRole('textbox').elements()).toEqual([]);
    await expectAccessible();
  });

  it('keeps its keys to itself: digits choose only on a choice', async () => {
    const { actor } = await visiting({ sides: one });
    await openPreview();
    await textbox('The merged message, raw text').click();
    await press('3');
    expect(actor.getSnapshot().context.decisions.size).toBe(0);
    radio(/^Decide later/)
      .element()
      .focus();
    await press('3');
    expect(actor.getSnapshot().context.decisions.get('a')).toBe('keep-second');
  });
});

describe('Both sides as raw text', () => {
  beforeEach(async () => {
    await visiting({ sides: three });
    radio('Raw side by side').element().focus();
    await press(' ');
    await expect.element(textbox('The file, raw text')).toBeVisible();
  });

  it('stand beside each other by place, with what differs marked at its line', async () => {
    expect(linesOf('This browser, raw text')).toEqual([
      expect.stringMatching(/^MSH/),
      'PID|1||1||TEST^WILLIAM',
      '',
    ]);
    expect(linesOf('The file, raw text')[2]).toBe('PV1|1|I');
    const marked = (name: string) => {
      const root = textbox(name).element().getRootNode() as ShadowRoot;
      return {
        edges: [...root.querySelectorAll('.hl7-edge .cm-gutterElement')].filter(
          ({ textContent }) => textContent === '≠',
        ).length,
        words: [...root.querySelectorAll('.hl7-mark-differs')]
          .map(({ textContent }) => textContent)
          .join(' '),
      };
    };
    expect(marked('This browser, raw text')).toEqual({ edges: 1, words: 'WILLIAM' });
    expect(marked('The file, raw text').edges).toBe(2);
    expect(textbox('The file, raw text').element().getAttribute('aria-description')).toMatch(
      /^2 places differ/,
    );
    await expectAccessible();
    await expectFits();
  });

  it('are reached and left by Tab, turned by Alt with arrows, and left for good by Esc', async () => {
    const { actor, settled } = visit as Visit;
    page.getByRole('button', { name: 'Next' }).element().focus();
    await press('{Tab}');
    expect(focused()).toBe(textbox('This browser, raw text').element());
    await press('{ArrowDown}{Tab}');
    expect(focused()).toBe(textbox('The file, raw text').element());
    await press('{Tab}');
    expect(focused()?.textContent).toMatch(/fields are the same/);
    await press('{Shift>}{Tab}{/Shift}');
    expect(focused()).toBe(textbox('The file, raw text').element());
    await press('X');
    expect(linesOf('The file, raw text')[2]).toBe('PV1|1|I');
    await press('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(page.getByText('2 of 3', { exact: true })).toBeVisible();
    await expect.element(textbox('The file, raw text')).toBeVisible();
    await textbox('The file, raw text').click();
    await press('{Escape}');
    await settled();
    expect(actor.getSnapshot().output).toMatchObject({ kind: 'left' });
  });

  it('[I19] are copied with their own line ends', async () => {
    await textbox('The file, raw text').click();
    await press('{Control>}a{/Control}');
    const data = new DataTransfer();
    const init = { bubbles: true, cancelable: true, composed: true, clipboardData: data };
    focused()?.dispatchEvent(new ClipboardEvent('copy', init));
    expect(data.getData('text/plain')).toBe(contentOf(three[0]?.second));
  });
});

it('long messages side by side are scrolled as one', async () => {
  const [pair] = one;
  const longer = (data: unknown) => {
    const template = data as { content: string };
    return { ...template, content: template.content + 'NTE|1||a line\r'.repeat(60) } as never;
  };
  await visiting({ sides: [{ ...pair, first: longer(pair?.first), second: longer(pair?.second) } as never] });
  await radio('Raw side by side').click();
  await expect.element(textbox('The file, raw text')).toBeVisible();
  const [first, second] = ['This browser, raw text', 'The file, raw text'].map(
    (name) => textbox(name).element().closest('.cm-scroller') as HTMLElement,
  );
  if (!first || !second) throw new Error('There are no two panes');
  first.scrollTop = 400;
  await expect.poll(() => second.scrollTop).toBeGreaterThan(350);
  second.scrollTop = 0;
  await expect.poll(() => first.scrollTop).toBe(0);
});

it('what is no message is shown in full as plain text', async () => {
  await visiting({ sides: settings });
  await radio('Raw side by side').click();
  const texts = [...document.querySelectorAll('pre')].map(({ textContent }) => textContent);
  expect(texts).toEqual([
    expect.stringMatching(/"theme": "light"/),
    expect.stringMatching(/"theme": "dark"/),
  ]);
  await expectAccessible();
  await expectFits();
});

describe('A place that differs', () => {
  it('that only one side changed is taken in one line, and can be changed by keyboard', async () => {
    const opened = await visiting({ sides: changedBySide });
    expect(page.getByText('Taken from the file: changed only there.').elements()).toHaveLength(2);
    const change = page.getByRole('button', { name: 'Change PV1 Patient Visit' });
    change.element().focus();
    await press('{Enter}');
    expect(focused()).toBe(radio(/^The file PV1/).element());
    await press('{ArrowLeft}');
    expect(picksOf(opened)).toEqual({ 'content/PV1': 'first' });
    expect(focused()).toBe(radio(/^This browser \(not there\)/).element());
    await press('{ArrowUp}');
    expect(focused()).toBe(page.getByRole('button', { name: 'Change PID-5.2 Given Name' }).element());
    await press('{ArrowLeft}');
    expect(picksOf(opened)).toEqual({ 'content/PV1': 'first', 'content/PID-5.2': 'first' });
    expect(focused()).toBe(radio(/^This browser WILLIAM/).element());
  });

  it('is picked by the arrow that points to its side', async () => {
    const opened = await visiting({ sides: one });
    radio(/^The file WILLEM/)
      .element()
      .focus();
    await press('{ArrowLeft}');
    expect(picksOf(opened)).toEqual({ 'content/PID-5.2': 'first' });
    await press('{ArrowLeft}');
    expect(picksOf(opened)).toEqual({ 'content/PID-5.2': 'first' });
    await press('{ArrowRight}');
    expect(picksOf(opened)).toEqual({ 'content/PID-5.2': 'second' });
  });

  it('says where one side has a placeholder and the other a value', async () => {
    await visiting({ sides: placeholder });
    await expect.element(page.getByText('placeholder on one side')).toBeVisible();
    await expectAccessible();
  });
});

it('what is the same is counted, and opened, named', async () => {
  await visiting({ sides: one });
  const summary = page.getByText(/^\d+ fields are the same$/).element() as HTMLElement;
  summary.focus();
  await press('{Enter}');
  await expect.element(page.getByText('MSH-3 Sending Application')).toBeVisible();
  const list = page.getByRole('group', { name: /fields are the same/ }).element();
  await press('{Tab}');
  expect(focused()).toBe(list);
  await expectAccessible();
  await expectFits();
});

describe('A record that one side deleted', () => {
  it('is kept, deleted or left for later, in these words', async () => {
    await visiting({ sides: gone });
    const choices = page.getByRole('radio').elements();
    expect(choices.map((choice) => choice.closest('label')?.innerText.replaceAll('\n', ' '))).toEqual([
      'Keep it as it is in this browser Nothing changes here.',
      'Delete it It leaves the list here. What is here now stays in the history.',
      'Decide later Nothing changes for this record.',
    ]);
    await page.getByText('Show it in full').click();
    await expect.element(page.getByText(/^MSH\|/)).toBeVisible();
    await expectAccessible();
  });

  it('comes back where it was deleted here, which stands first all the same', async () => {
    const [pair] = gone;
    const { actor } = await visiting({
      sides: [{ ...pair, first: undefined, second: pair?.first } as never],
    });
    await expect.element(page.getByText('Deleted in this browser, still in the file.')).toBeVisible();
    radio(/^Decide later/)
      .element()
      .focus();
    await press('1');
    await expect.element(radio(/^Keep it as it is in the file/)).toBeChecked();
    expect(actor.getSnapshot().context.decisions.get('a')).toBe('keep-second');
  });
});

it('before anything is chosen, both can be kept of all', async () => {
  const { actor } = await visiting({ sides: three });
  await page.getByRole('button', { name: 'Keep both for all 3 open ones' }).click();
  expect([...actor.getSnapshot().context.decisions.values()]).toEqual([
    'keep-both',
    'keep-both',
    'keep-both',
  ]);
  await expect.element(page.getByText('3 of 3 decided')).toBeVisible();
});

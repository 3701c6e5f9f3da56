import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createMessageDocument, type MessageDocument } from '../../../src/app/editor/messageDocument.ts';
import RawView from '../../../src/app/editor/raw/RawView.tsx';
import { paste } from './support/openApp.tsx';

let root: Root | undefined;
afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

const field = page.getByRole('textbox', { name: 'Message' });

async function show(text: string): Promise<MessageDocument> {
  const message = createMessageDocument(text, () => performance.now());
  const place = document.createElement('div');
  place.style.height = '300px';
  document.body.append(place);
  root = createRoot(place);
  root.render(
    <RawView document={message} label="Message" description="" isReadOnly={false} marks={[]} takesFocus />,
  );
  await expect.element(field).toBeVisible();
  return message;
}

const textOf = (message: MessageDocument): string => message.getSnapshot().text;
/** What is on screen; the widget knows no other line end than its own. */
const shown = (): string => (field.element() as HTMLElement).innerText.replace(/\n$/, '');

test.each(['\r', '\r\n', '\n'])('[I19] typing in a message with %j keeps its line ends', async (end) => {
  const message = await show(['MSH|^~\\&|A', 'PID|1', 'PV1|1'].join(end));
  await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowDown}{End}|X{Enter}ZZZ|1');
  expect(textOf(message)).toBe(['MSH|^~\\&|A', 'PID|1|X', 'ZZZ|1', 'PV1|1'].join(end));
  expect(shown()).toBe('MSH|^~\\&|A\nPID|1|X\nZZZ|1\nPV1|1');
});

test('[I19] mixed line ends and blank lines are kept by whoever edits another line', async () => {
  const message = await show('MSH|^~\\&|A\r\n\nPID|1\rPV1|1\r\n');
  await userEvent.keyboard('{Control>}{End}{/Control}ZZZ');
  expect(textOf(message)).toBe('MSH|^~\\&|A\r\n\nPID|1\rPV1|1\r\nZZZ');
});

test('[I19] what is pasted over everything is kept byte for byte', async () => {
  const message = await show('MSH|old');
  await userEvent.keyboard('{Control>}a{/Control}');
  await pasteKeepingSelection('MSH|^~\\&|A\r\nPID|1\r\n');
  expect(textOf(message)).toBe('MSH|^~\\&|A\r\nPID|1\r\n');
});

test('[H08] MLLP bytes and a byte order mark are taken off what is pasted', async () => {
  const message = await show('');
  await paste(field.element(), '\u000bMSH|^~\\&|A\rPID|1\r\u001c\r');
  expect(textOf(message)).toBe('MSH|^~\\&|A\rPID|1\r');
});

test('text pasted into a message takes on its line ends', async () => {
  const message = await show('MSH|^~\\&|A\rPID|1');
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await pasteKeepingSelection('\nNTE|1\nNTE|2');
  expect(textOf(message)).toBe('MSH|^~\\&|A\rPID|1\rNTE|1\rNTE|2');
});

test('[P09] a fast burst is undone as a whole, and redone as a whole', async () => {
  const message = await show('PID|1||');
  await userEvent.keyboard('{Control>}{End}{/Control}TESTPERSON');
  expect(textOf(message)).toBe('PID|1||TESTPERSON');
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(textOf(message)).toBe('PID|1||');
  expect(shown()).toBe('PID|1||');
  await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');
  expect(shown()).toBe('PID|1||TESTPERSON');
});

test('[P10] what another view or a command changed shows at once, and is undone by the same keys', async () => {
  const message = await show('MSH|^~\\&|A\rPID|1');
  message.edit([{ from: 4, to: 8, insert: '#~\\&' }], { origin: 'tree' });
  message.replace('PID|2', 'load');
  expect(shown()).toBe('PID|2');
  await userEvent.keyboard('{Control>}z{/Control}{Control>}z{/Control}');
  expect(textOf(message)).toBe('MSH|^~\\&|A\rPID|1');
  expect(shown()).toBe('MSH|^~\\&|A\nPID|1');
});

test('a selection made in the structure is selected here', async () => {
  const message = await show('MSH|^~\\&|A\r\nPID|1||TEST');
  message.select({ anchor: 19, head: 23 }, 'tree');
  await userEvent.keyboard('X');
  expect(textOf(message)).toBe('MSH|^~\\&|A\r\nPID|1||X');
});

test('of a line of a million characters the page shows two ends, and keeps all of it', async () => {
  const line = `OBX|1|ED|${'A'.repeat(1_000_000)}|end`;
  const message = await show(`MSH|^~\\&|A\r${line}`);
  expect(shown()).toContain('characters, not shown here');
  expect(shown().length).toBeLessThan(10_000);
  await userEvent.keyboard('{Control>}{End}{/Control}!');
  expect(textOf(message)).toBe(`MSH|^~\\&|A\r${line}!`);
});

test('nothing is written to the page as style, which the policy of the page would refuse', async () => {
  const before = document.querySelectorAll('style').length;
  await show('MSH|');
  expect(document.querySelectorAll('style')).toHaveLength(before);
});

async function pasteKeepingSelection(text: string): Promise<void> {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  field
    .element()
    .dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
    );
}

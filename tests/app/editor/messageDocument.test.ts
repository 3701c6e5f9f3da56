import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMessageDocument } from '../../../src/app/editor/messageDocument.ts';

function documentAt(text: string) {
  let at = 0;
  const document = createMessageDocument(text, () => at);
  return {
    document,
    text: () => document.getSnapshot().text,
    wait: (ms: number) => {
      at += ms;
    },
    type: (offset: number, insert: string) =>
      document.edit([{ from: offset, to: offset, insert }], { origin: 'raw', group: 'typing' }),
  };
}

test('[P09] undoing a fast burst takes back every keystroke of it, and redo brings all of them', () => {
  const { document, text, type, wait } = documentAt('PID|1||');
  for (const [index, letter] of [...'TESTPERSON'].entries()) {
    type(7 + index, letter);
    wait(40);
  }
  expect(text()).toBe('PID|1||TESTPERSON');
  document.undo();
  expect(text()).toBe('PID|1||');
  document.redo();
  expect(text()).toBe('PID|1||TESTPERSON');
});

test('[P09] a burst with jumps and deletions in it comes back whole', () => {
  const { document, text, type } = documentAt('AB');
  type(2, 'c');
  type(0, 'd');
  document.edit([{ from: 1, to: 2, insert: '' }], { origin: 'raw', group: 'typing' });
  type(1, 'e');
  expect(text()).toBe('deBc');
  document.undo();
  expect(text()).toBe('AB');
  document.redo();
  expect(text()).toBe('deBc');
});

test('a pause begins a new step', () => {
  const { document, text, type, wait } = documentAt('');
  type(0, 'a');
  wait(1_500);
  type(1, 'b');
  document.undo();
  expect(text()).toBe('a');
});

test('[P10] loading another message and editing the raw text are steps that can be undone', () => {
  const { document, text, type } = documentAt('MSH|^~\\&|A');
  type(10, 'B');
  document.replace('MSH|^~\\&|OTHER\rPID|1', 'load');
  expect(text()).toBe('MSH|^~\\&|OTHER\rPID|1');
  document.undo();
  expect(text()).toBe('MSH|^~\\&|AB');
  document.undo();
  expect(text()).toBe('MSH|^~\\&|A');
  expect(document.getSnapshot().canUndo).toBe(false);
});

test('an edit of another kind does not join a burst', () => {
  const { document, text, type } = documentAt('A');
  type(1, 'b');
  document.edit([{ from: 0, to: 1, insert: 'X' }], { origin: 'tree', group: 'PID-5.1' });
  document.undo();
  expect(text()).toBe('Ab');
});

test('the caret goes back with the text', () => {
  const { document } = documentAt('AB');
  document.select({ anchor: 1, head: 1 }, 'raw');
  document.edit([{ from: 1, to: 1, insert: 'xyz' }], { origin: 'raw', selection: { anchor: 4, head: 4 } });
  document.undo();
  expect(document.getSnapshot().selection).toEqual({ anchor: 1, head: 1 });
  document.redo();
  expect(document.getSnapshot().selection).toEqual({ anchor: 4, head: 4 });
});

test('undoing everything gives the first text back, redoing everything the last, for any edits', () => {
  const edit = fc.record({
    from: fc.nat(),
    length: fc.nat(4),
    insert: fc.string({ maxLength: 3 }),
    pause: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.string(), fc.array(edit, { maxLength: 25 }), (start, edits) => {
      const { document, text, wait } = documentAt(start);
      for (const { from, length, insert, pause } of edits) {
        const at = from % (text().length + 1);
        const to = Math.min(text().length, at + length);
        document.edit([{ from: at, to, insert }], { origin: 'raw', group: 'typing' });
        if (pause) wait(5_000);
      }
      const last = text();
      while (document.getSnapshot().canUndo) document.undo();
      expect(text()).toBe(start);
      while (document.getSnapshot().canRedo) document.redo();
      expect(text()).toBe(last);
    }),
  );
});

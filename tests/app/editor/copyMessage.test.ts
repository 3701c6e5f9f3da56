import { expect, test } from 'vitest';
import { copyLineEndFor, textToCopy } from '../../../src/app/editor/commands/copyMessage.ts';
import { lineEndsIn } from '../../../src/app/editor/lineEndsIn.ts';
import { createMessageDocument } from '../../../src/app/editor/messageDocument.ts';
import { writeValue } from '../../../src/app/editor/tree/editTree.ts';
import { parse, positionAt } from '../../../src/hl7/index.ts';

test('untouched text is copied as it is, edited text with CR, and a choice of the person wins', () => {
  expect(copyLineEndFor(undefined, false)).toBe('asIs');
  expect(copyLineEndFor(undefined, true)).toBe('cr');
  expect(copyLineEndFor('lf', false)).toBe('lf');
  expect(copyLineEndFor('klingon', true)).toBe('cr');
});

test('as it is means every byte: mixed line ends, blank lines, a trailing one', () => {
  const text = 'MSH|^~\\&|A\r\n\r\nPID|1\nPV1|1\r';
  expect(textToCopy(parse(text), 'asIs')).toBe(text);
});

test('the canonical copy has CR between segments and none behind the last', () => {
  expect(textToCopy(parse('MSH|^~\\&|A\r\n\r\nPID|1\n'), 'cr')).toBe('MSH|^~\\&|A\rPID|1');
  expect(textToCopy(parse('MSH|^~\\&|A\rPID|1'), 'crlf')).toBe('MSH|^~\\&|A\r\nPID|1');
});

test('several messages are joined by one blank line', () => {
  expect(textToCopy(parse('MSH|^~\\&|A\nPID|1\nMSH|^~\\&|B\nPID|2'), 'cr')).toBe(
    'MSH|^~\\&|A\rPID|1\n\nMSH|^~\\&|B\rPID|2',
  );
});

test('a batch stays one text', () => {
  const batch = 'BHS|^~\\&|A\rMSH|^~\\&|A\rMSH|^~\\&|B\rBTS|2';
  expect(textToCopy(parse(batch), 'cr')).toBe(batch);
});

test('text outside of any message is copied too', () => {
  expect(textToCopy(parse('PID|0\nMSH|^~\\&|A\nMSH|^~\\&|B'), 'cr')).toBe('PID|0\rMSH|^~\\&|A\rMSH|^~\\&|B');
});

test('[P08] after a tree edit the copy has the edit', () => {
  const document = createMessageDocument('MSH|^~\\&|A\rPID|1||4711', () => 0);
  const model = {
    getSnapshot: () => ({ parsed: parse(document.getSnapshot().text), isBehind: false }),
    subscribe: () => () => undefined,
    current: () => parse(document.getSnapshot().text),
  };
  const position = positionAt(model.current(), 18);
  if (!position) throw new Error('no position');
  expect(writeValue({ document, model }, position, '0815', 'PID-3')).toBe(true);
  expect(textToCopy(model.current(), 'cr')).toBe('MSH|^~\\&|A\rPID|1||0815');
});

test.each([
  ['MSH|', 'none'],
  ['MSH|\rPID|', 'cr'],
  ['MSH|\nPID|', 'lf'],
  ['MSH|\r\nPID|', 'crlf'],
  ['MSH|\r\nPID|\r', 'mixed'],
])('the line ends of %j are %s', (text, kind) => {
  expect(lineEndsIn(text)).toBe(kind);
});

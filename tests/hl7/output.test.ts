import { expect, test } from 'vitest';
import {
  identifyingSpans,
  joinForClipboard,
  maskText,
  messagesOf,
  messageTypeOf,
  normaliseMessageType,
  otherCharacterSet,
  parse,
  parseMessage,
  toBatchFile,
  toCanonical,
  toFileText,
} from '../../src/hl7/index.ts';

test('canonical text has CR between segments and nothing at the end; files end each segment', () => {
  const parsed = parse('\nMSH|^~\\&|A\r\n\r\nPID|1\n');
  expect(toCanonical(parsed)).toBe('MSH|^~\\&|A\rPID|1');
  expect(toCanonical(parsed, 'crlf')).toBe('MSH|^~\\&|A\r\nPID|1');
  expect(toFileText(parsed)).toBe('MSH|^~\\&|A\rPID|1\r');
  expect(toFileText(parsed, 'lf')).toBe('MSH|^~\\&|A\nPID|1\n');
});

test('several messages are copied with one blank line between them', () => {
  expect(joinForClipboard([parse('MSH|^~\\&|A\nPID|1\n'), parse('MSH|^~\\&|B')])).toBe(
    'MSH|^~\\&|A\rPID|1\n\nMSH|^~\\&|B',
  );
});

test('a message ends before the next one, and before batch segments', () => {
  const parsed = parse('PID|0\nMSH|^~\\&|A\nPID|1\n\nMSH|^~\\&|B\nBTS|2\nNTE|x');
  const messages = messagesOf(parsed);
  expect(messages.map((message) => message.segments.map((segment) => segment.wire))).toEqual([
    ['MSH|^~\\&|A', 'PID|1'],
    ['MSH|^~\\&|B'],
  ]);
  expect(messages.map((message) => parseMessage(parsed, message).text)).toEqual([
    'MSH|^~\\&|A\nPID|1\n\n',
    'MSH|^~\\&|B\n',
  ]);
});

test('a batch file counts its messages, and leaves out batch segments that came along', () => {
  const texts = [
    parse('MSH|^~\\&|A\nPID|1'),
    parse('FHS|^~\\&\rBHS|^~\\&\rMSH|^~\\&|B\rMSH|^~\\&|C\rBTS|9\rFTS|9'),
  ];
  expect(toBatchFile(texts, { createdAt: '20250101' })).toBe(
    'FHS|^~\\&|||||20250101\rBHS|^~\\&|||||20250101\rMSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\rMSH|^~\\&|C\rBTS|3\rFTS|1\r',
  );
  expect(parse(toBatchFile(texts, { createdAt: '20250101', ending: 'crlf' })).text).toContain(
    'BTS|3\r\nFTS|1\r\n',
  );
});

test('another character set than the one that is written is named', () => {
  const naming = (set: string) => otherCharacterSet(parse(`MSH|^~\\&|A|||||||||||||||${set}`));
  expect(naming('8859/1')).toBe('8859/1');
  expect(naming('UNICODE UTF-8')).toBeUndefined();
  expect(naming('')).toBeUndefined();
  expect(otherCharacterSet(parse('PID|1'))).toBeUndefined();
});

test('the type of a message is read with its own delimiters, and old spellings are understood', () => {
  expect(messageTypeOf('MSH#@~!%#A######ADT@A01@ADT_A01')).toBe('ADT-A01');
  expect(messageTypeOf('MSH|^~\\&|A||||||ACK')).toBe('ACK');
  expect(messageTypeOf('FHS|^~\\&\rMSH|^~\\&|A||||||ORU^R01\rMSH|^~\\&|A||||||ADT^A01')).toBe('ORU-R01');
  for (const text of ['', 'PID|1', 'MSH|^~\\&|A', 'MSH|^~\\&|A|||||| ^A01'])
    expect(messageTypeOf(text)).toBe('UNKNOWN');
  expect(
    ['ADT-A01', 'ADT-A01^ADT_A01', 'ADT^A01', 'ADT^A01^ADT_A01', 'ACK', 'UNKNOWN'].map(normaliseMessageType),
  ).toEqual(['ADT-A01', 'ADT-A01', 'ADT-A01', 'ADT-A01', 'ACK', 'UNKNOWN']);
});

test('a mask covers identifying values, keeps every separator and offset, and shows what tells nothing', () => {
  const text = 'MSH|^~\\&|A\nPID|1||0^^^X~1||TESTPERSON^ADA||""|F|HELPERVARIABLE1|R\nNTE|1||ADA';
  const masked = maskText(parse(text));
  expect(masked).toBe('MSH|^~\\&|A\nPID|1||•^^^•~•||••••••••••^•••||""|F|HELPERVARIABLE1|R\nNTE|1||ADA');
  expect(masked).toHaveLength(text.length);
  expect(Array.from(identifyingSpans(parse(text)), ({ from, to }) => text.slice(from, to))).toEqual([
    '0',
    'X',
    '1',
    'TESTPERSON',
    'ADA',
  ]);
});

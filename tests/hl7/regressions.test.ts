import { expect, test } from 'vitest';
import {
  encode,
  fieldsOf,
  fillPlaceholders,
  messagesOf,
  messageTypeOf,
  openText,
  parse,
  read,
  searchMessage,
  setValue,
  toCanonical,
  toText,
  validate,
  valueAt,
  variablesOf,
} from '../../src/hl7/index.ts';

function edited(text: string, path: string, value: string): string {
  const edit = setValue(parse(text), path, value);
  if (edit.kind === 'refused') throw new Error(edit.reason);
  return edit.text;
}

test('[H01] subcomponents in a field without components are parts, not data to escape', () => {
  expect(valueAt(parse('PID|1||A&B'), 'PID-3.1.2')).toBe('B');
  expect(read(parse('PID|1||A&B'), 'PID-3')).toEqual({ kind: 'composite', wire: 'A&B' });
  expect(edited('PID|1||A&B', 'PID-4', 'x')).toBe('PID|1||A&B|x');
  expect(edited('PID|1||A&B', 'PID-3.1.2', 'C')).toBe('PID|1||A&C');
});

test('[H02] escapes other than delimiters survive an edit of another field, and of their own', () => {
  const wire = 'a\\.br\\b\\H\\c\\X0D\\d\\Zxx\\e\\C0a1b\\f';
  expect(edited(`OBX|${wire}|x`, 'OBX-2', 'y')).toBe(`OBX|${wire}|y`);
  expect(edited(`OBX|${wire}`, 'OBX-1', `${wire} and more`)).toBe(`OBX|${wire} and more`);
  expect(edited(`OBX|${wire}`, 'OBX-1', `before ${wire}`)).toBe(`OBX|before ${wire}`);
});

test('[H02] a backslash that a person types is data, also where it looks like a sequence', () => {
  expect(edited('OBX|line1\\.br\\line2', 'OBX-1', 'line1\\.br\\\\.br\\line2')).toBe(
    'OBX|line1\\.br\\\\E\\.br\\E\\line2',
  );
  expect(edited('OBX|a\\.br\\b', 'OBX-1', 'a\\.b\\b')).toBe('OBX|a\\E\\.b\\E\\b');
});

test('[H03] a lone backslash stays as it is until it would begin to mean something', () => {
  expect(edited('OBX|C:\\temp|x', 'OBX-2', 'y')).toBe('OBX|C:\\temp|y');
  expect(edited('OBX|C:\\temp', 'OBX-1', 'C:\\temp2')).toBe('OBX|C:\\temp2');
  // Kept as it was, the first backslash would form \F\ with what was typed.
  expect(edited('OBX|a\\', 'OBX-1', 'a\\F\\')).toBe('OBX|a\\E\\F\\E\\');
  expect(valueAt(parse('OBX|a\\E\\F\\E\\'), 'OBX-1')).toBe('a\\F\\');
});

test('[H04] delimiters of the header are used to read and to write', () => {
  const text = 'MSH#@~!%#A\rPID#1##x@y%z';
  expect(valueAt(parse(text), 'PID-3.2.2')).toBe('z');
  expect(edited(text, 'PID-3.1', 'a#b@c^d!')).toBe('MSH#@~!%#A\rPID#1##a!F!b!S!c^d!E!@y%z');
});

test('[H05] FHS and BHS are headers, and each header speaks for what follows', () => {
  const text = 'FHS|^~\\&|A\rBHS#@~!%#B\rMSH#@~!%#C\rPID#1##x@y\rMSH|^~\\&|D\rPID|1||x^y\rBTS|2';
  const parsed = parse(text);
  expect(valueAt(parsed, 'FHS-2')).toBe('^~\\&');
  expect(valueAt(parsed, 'BHS-2')).toBe('@~!%');
  expect(valueAt(parsed, 'PID-3.2')).toBe('y');
  expect(valueAt(parsed, 'PID[2]-3.2')).toBe('y');
  expect(setValue(parsed, 'FHS-2', 'x')).toEqual({ kind: 'refused', reason: 'read-only' });
  expect(setValue(parsed, 'BHS-1', 'x')).toEqual({ kind: 'refused', reason: 'read-only' });
  expect(messagesOf(parsed).map(({ from, to }) => text.slice(from, to))).toEqual([
    'MSH#@~!%#C\rPID#1##x@y\r',
    'MSH|^~\\&|D\rPID|1||x^y\r',
  ]);
});

test('[H06] a bare segment stays bare', () => {
  const parsed = parse('MSH|^~\\&|A\rZZZ\rPID|');
  expect(toCanonical(parsed)).toBe('MSH|^~\\&|A\rZZZ\rPID|');
  expect(parsed.segments.map((segment) => fieldsOf(segment).length)).toEqual([3, 0, 1]);
});

test('[H07] editing one repetition leaves the others, and a component with subcomponents can be set', () => {
  expect(edited('PID|1||a^b~c^d~e', 'PID-3[2].1', 'X')).toBe('PID|1||a^b~X^d~e');
  expect(edited('PID|1||a^b~c^d', 'PID-3', 'X')).toBe('PID|1||X~c^d');
  expect(edited('PID|1||X^A&B', 'PID-3.2', 'NEW')).toBe('PID|1||X^NEW');
});

test('[H08] framing and byte order marks hide nothing, and what was removed is told', () => {
  const opened = openText('\uFEFF\x0BMSH|^~\\&|A\rPID|1\r\x1C\r\x0BMSH|^~\\&|B\r\x1C\r');
  expect(opened).toEqual({
    text: 'MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\r',
    messages: ['MSH|^~\\&|A\rPID|1\r', 'MSH|^~\\&|B\r'],
    removed: { byteOrderMarks: 1, frames: 2 },
  });
  expect(messageTypeOf(parse('\uFEFFMSH|^~\\&|A||||||ADT^A01'))).toBe('ADT-A01');
  expect(toText(parse('\uFEFFMSH|^~\\&|A'))).toBe('\uFEFFMSH|^~\\&|A');
});

test('[H09] filling replaces the placeholder and nothing beside it', () => {
  const fill = (template: string, value: string) =>
    fillPlaceholders(parse(template), { values: { HELPERVARIABLE: value } }).text;
  expect(fill('PID|1||HELPERVARIABLE^^^MRN', '4711')).toBe('PID|1||4711^^^MRN');
  expect(fill('OBX|1|ST|X||Dear HELPERVARIABLE, see \\.br\\ below', 'A&B')).toBe(
    'OBX|1|ST|X||Dear A\\T\\B, see \\.br\\ below',
  );
  expect(fill('PID|1||HELPERVARIABLE^^^MRN', '')).toBe('PID|1||HELPERVARIABLE^^^MRN');
});

test('[H10] every placeholder of a field is found', () => {
  const parsed = parse(
    'PID|1||HELPERVARIABLE1^HELPERVARIABLE2~HELPERVARIABLE1&HELPERVARIABLE 7 HELPERVARIABLE3',
  );
  expect(variablesOf(parsed).map(({ id, count }) => [id, count])).toEqual([
    ['HELPERVARIABLE1', 2],
    ['HELPERVARIABLE2', 1],
    ['HELPERVARIABLE3', 1],
    ['HELPERVARIABLE', 1],
  ]);
});

test('[H12] a header field of empty parts is missing', () => {
  const codes = (type: string) =>
    validate(parse(`MSH|^~\\&|A|B|C|D|2025||${type}|1|P|2.5`)).map((issue) => issue.code);
  for (const type of ['^', '^^', '&^~', ' ^ ', '']) expect(codes(type)).toEqual(['MISSING_MSH_9']);
  expect(codes('ADT')).toEqual(['INCOMPLETE_MSH_9']);
  expect(codes('ACK')).toEqual([]);
});

test('[H13] search looks into repetitions', () => {
  const { hits } = searchMessage(parse('PID|1||ID1~find me^x~A&FIND'), 'find');
  expect(hits.map((hit) => hit.path)).toEqual(['PID-3[2].1', 'PID-3[3].1.2']);
});

test('[H14] umlauts and custom delimiters are as good as any text', () => {
  const text = 'MSH#@~!%#A\nPID#1##Müller@Zoë%Ω\r\n\n患者#😀';
  expect(toText(parse(text))).toBe(text);
  expect(openText(text).text).toBe(text);
  expect(encode('Müller 😀', parse(text).segments[0]?.delimiters ?? fail())).toEqual({
    kind: 'encoded',
    wire: 'Müller 😀',
  });
});

function fail(): never {
  throw new Error('no segment');
}

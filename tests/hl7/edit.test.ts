import { describe, expect, test } from 'vitest';
import {
  addRepetition,
  addSegment,
  type Edit,
  edited,
  moveRepetition,
  moveSegment,
  type Place,
  parse,
  removeRepetition,
  removeSegment,
  reparse,
  setValue,
  setWire,
} from '../../src/hl7/index.ts';

function textOf(edit: Edit): string {
  return edit.kind === 'edited' ? edit.text : edit.reason;
}

function set(text: string, place: Place, value: string): string {
  return textOf(setValue(parse(text), place, value));
}

describe('setting a value', () => {
  test('a line break of any kind becomes one \\.br\\, never a new segment', () => {
    expect(set('OBX|1|x', 'OBX-2', 'a\r\nb\nc\rd')).toBe('OBX|1|a\\.br\\b\\.br\\c\\.br\\d');
  });

  test('where the dot divides, a line break takes its hexadecimal form', () => {
    expect(set('MSH|.~\\&|A\rPID|1', 'PID-2', 'a\nb')).toBe('MSH|.~\\&|A\rPID|1|a\\X0D\\b');
  });

  test('control characters become hexadecimal, except the tabulator', () => {
    expect(set('OBX|1', 'OBX-2', 'a\x00b\x1Bc\td\x7F')).toBe('OBX|1|a\\X00\\b\\X1B\\c\td\x7F');
  });

  test('beyond the end empty parts are added, at every level', () => {
    expect(set('PID', 'PID-3', 'x')).toBe('PID|||x');
    expect(set('PID|1', 'PID-3.2', 'x')).toBe('PID|1||^x');
    expect(set('PID|1', 'PID-2[2].3.2', 'x')).toBe('PID|1|~^^&x');
    expect(set('PID|a', 'PID-1[3]', 'x')).toBe('PID|a~~x');
    expect(set('PID|a', 'PID-1.1.2', 'x')).toBe('PID|a&x');
    expect(set('PID|a^b', 'PID-1.2.2', 'x')).toBe('PID|a^b&x');
  });

  test('a header counts its separator as a field', () => {
    expect(set('MSH|^~\\&', 'MSH-3', 'x')).toBe('MSH|^~\\&|x');
    expect(set('MSH|^~\\&|a', 'MSH-5', 'x')).toBe('MSH|^~\\&|a||x');
    expect(set('MSH', 'MSH-3', 'x')).toBe('MSH||x');
    expect(set('MSH|', 'MSH-3', 'x')).toBe('MSH||x');
  });

  test('clearing keeps the position', () => {
    expect(set('PID|1||a||b', 'PID-3', '')).toBe('PID|1||||b');
    expect(set('PID|1||a^b&c~d', 'PID-3.2', '')).toBe('PID|1||a^~d');
  });

  test('writing back what was read changes nothing, not even a composite', () => {
    for (const path of ['PID-3', 'PID-3.2', 'PID-3[2]', 'PID-1']) {
      const parsed = parse('PID|a\\F\\b||X^A&B~C^D');
      const shown = { 'PID-3': 'X^A&B', 'PID-3.2': 'A&B', 'PID-3[2]': 'C^D', 'PID-1': 'a|b' }[path] ?? '';
      expect(setValue(parsed, path, shown)).toEqual({ kind: 'edited', text: parsed.text, changes: [] });
    }
  });

  test('the change is the smallest that does it, for an editor to apply', () => {
    expect(setValue(parse('MSH|^~\\&|A\r\nPID|1||abcd^x'), 'PID-3.1', 'abXd')).toEqual({
      kind: 'edited',
      text: 'MSH|^~\\&|A\r\nPID|1||abXd^x',
      changes: [{ from: 21, to: 22, insert: 'X' }],
    });
  });

  test('segments with a bad name are reached by number', () => {
    expect(set('pid|1|2', { segment: 0, field: 2 }, 'x')).toBe('pid|1|x');
    expect(set('pid|1|2', 'pid-2', 'x')).toBe('no-such-place');
  });

  test('what cannot be done is refused with its reason', () => {
    expect(set('MSH|^~\\&|A', 'MSH-2', '@')).toBe('read-only');
    expect(set('MSH|^~\\&|A', 'MSH-1', '#')).toBe('read-only');
    expect(set('PID|1', 'PID[2]-1', 'x')).toBe('no-such-place');
    expect(set('PID|1', 'nonsense', 'x')).toBe('no-such-place');
    expect(set('PID|1', 'PID', 'x')).toBe('no-such-place');
    expect(set('MSH|^~|A\rPID|1', 'PID-1', 'a^b')).toBe('no-escape-character');
    expect(set('MSH|^~|A\rPID|1', 'PID-1', 'a\nb')).toBe('no-escape-character');
    expect(set('MSH|^~|A\rPID|1', 'PID-1.1.2', 'b')).toBe('no-separator');
    expect(set('PID|1', 'PID-100000000', 'x')).toBe('too-far');
  });

  test('a delimiter that is not in use is data', () => {
    expect(set('MSH|^~|A\rPID|1', 'PID-1', 'a&b\\c')).toBe('MSH|^~|A\rPID|a&b\\c');
  });
});

test('wire text is set as it is, unless it would break out of its place', () => {
  const parsed = parse('PID|1||x~y');
  expect(textOf(setWire(parsed, 'PID-3[2]', 'a^b&c'))).toBe('PID|1||x~a^b&c');
  expect(textOf(setWire(parsed, 'PID-5.2', 'b&c'))).toBe('PID|1||x~y||^b&c');
  for (const wire of ['a|b', 'a~b', 'a\rb', 'a\nb'])
    expect(textOf(setWire(parsed, 'PID-3', wire))).toBe('breaks-out');
  expect(textOf(setWire(parsed, 'PID-3.1', 'a^b'))).toBe('breaks-out');
});

describe('segments', () => {
  const text = 'MSH|^~\\&|A\r\nPID|1\r\n\r\nOBX|1\r\nOBX|2';

  test('are added with the terminator of the text', () => {
    expect(textOf(addSegment(parse(text), 2, 'NTE'))).toBe(
      'MSH|^~\\&|A\r\nPID|1\r\n\r\nNTE\r\nOBX|1\r\nOBX|2',
    );
    expect(textOf(addSegment(parse(text), 4, 'NTE|1'))).toBe(`${text}\r\nNTE|1`);
    expect(textOf(addSegment(parse('PID|1\n'), 1, 'NTE'))).toBe('PID|1\nNTE\n');
    expect(textOf(addSegment(parse(''), 0, 'MSH'))).toBe('MSH');
    expect(textOf(addSegment(parse(text), 9, 'NTE'))).toBe('no-such-place');
    expect(textOf(addSegment(parse(text), 1, 'NTE\rPID'))).toBe('breaks-out');
  });

  test('are removed with their line', () => {
    expect(textOf(removeSegment(parse(text), 1))).toBe('MSH|^~\\&|A\r\n\r\nOBX|1\r\nOBX|2');
    expect(textOf(removeSegment(parse(text), 3))).toBe('MSH|^~\\&|A\r\nPID|1\r\n\r\nOBX|1');
    expect(textOf(removeSegment(parse('PID|1'), 0))).toBe('');
    expect(textOf(removeSegment(parse(text), 7))).toBe('no-such-place');
  });

  test('change places, terminators and blank lines do not', () => {
    expect(textOf(moveSegment(parse(text), 3, 1))).toBe('MSH|^~\\&|A\r\nOBX|2\r\n\r\nPID|1\r\nOBX|1');
    expect(textOf(moveSegment(parse(text), 1, 3))).toBe('MSH|^~\\&|A\r\nOBX|1\r\n\r\nOBX|2\r\nPID|1');
    expect(textOf(moveSegment(parse(text), 1, 9))).toBe('no-such-place');
  });

  test('are not moved to where other delimiters would read them', () => {
    const two = parse('MSH|^~\\&|A\rPID|1\rMSH#^~\\&#B\rPID#2\rOBX#3');
    expect(textOf(moveSegment(two, 1, 3))).toBe('other-delimiters');
    expect(textOf(moveSegment(two, 2, 0))).toBe('other-delimiters');
    expect(textOf(moveSegment(two, 2, 4))).toBe('other-delimiters');
    expect(textOf(moveSegment(two, 4, 3))).toBe('MSH|^~\\&|A\rPID|1\rMSH#^~\\&#B\rOBX#3\rPID#2');
  });

  test('keep their keys when moved or edited', () => {
    const before = parse(text);
    const keysOf = (parsed: typeof before) => parsed.segments.map(({ key, wire }) => [key, wire]);
    const moved = reparse(before, textOf(moveSegment(before, 3, 1)));
    expect(keysOf(moved)).toEqual([
      [0, 'MSH|^~\\&|A'],
      [3, 'OBX|2'],
      [1, 'PID|1'],
      [2, 'OBX|1'],
    ]);
    const typed = reparse(moved, textOf(setValue(moved, 'PID-2', 'x')));
    expect(typed.segments[2]).toMatchObject({ key: 1, wire: 'PID|1|x' });
    expect(typed.segments[0]).toBe(before.segments[0]);
    const grown = reparse(typed, textOf(addSegment(typed, 1, 'NTE')));
    expect(grown.segments[1]?.key).toBe(4);
  });
});

describe('repetitions', () => {
  const text = 'PID|1||a^1~b~c|x';

  test('are added behind the last one', () => {
    expect(textOf(addRepetition(parse(text), 'PID-3'))).toBe('PID|1||a^1~b~c~|x');
    expect(textOf(addRepetition(parse(text), 'PID-9'))).toBe('no-such-place');
    expect(textOf(addRepetition(parse('MSH|^|A\rPID|1'), 'PID-1'))).toBe('no-separator');
    expect(textOf(addRepetition(parse('MSH|^~\\&'), 'MSH-2'))).toBe('read-only');
  });

  test('are removed, and the only one is emptied', () => {
    expect(textOf(removeRepetition(parse(text), 'PID-3[2]'))).toBe('PID|1||a^1~c|x');
    expect(textOf(removeRepetition(parse(text), 'PID-3'))).toBe('PID|1||b~c|x');
    expect(textOf(removeRepetition(parse(text), 'PID-1'))).toBe('PID|||a^1~b~c|x');
    expect(textOf(removeRepetition(parse(text), 'PID-3[4]'))).toBe('no-such-place');
  });

  test('change places', () => {
    expect(textOf(moveRepetition(parse(text), 'PID-3', 3))).toBe('PID|1||b~c~a^1|x');
    expect(textOf(moveRepetition(parse(text), 'PID-3[3]', 1))).toBe('PID|1||c~a^1~b|x');
    expect(textOf(moveRepetition(parse(text), 'PID-3[3]', 4))).toBe('no-such-place');
  });
});

test('changes are applied together', () => {
  expect(
    edited('abcdef', [
      { from: 1, to: 2, insert: 'XX' },
      { from: 4, to: 4, insert: '-' },
    ]).text,
  ).toBe('aXXcd-ef');
});

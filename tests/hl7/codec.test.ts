import { describe, expect, test } from 'vitest';
import {
  childrenOf,
  DEFAULT_DELIMITERS,
  type Delimiters,
  decode,
  fieldsOf,
  formatPath,
  locate,
  parse,
  parsePath,
  pathAt,
  read,
  spanOf,
  tokenise,
  valueAt,
} from '../../src/hl7/index.ts';

const delimitersOf = (text: string) => parse(text).segments.at(-1)?.delimiters;

describe('delimiters', () => {
  const none = { repetition: undefined, component: undefined, subcomponent: undefined, escape: undefined };

  test.each<[string, Delimiters]>([
    ['PID|1', DEFAULT_DELIMITERS],
    ['MSH', DEFAULT_DELIMITERS],
    ['MSH|', DEFAULT_DELIMITERS],
    ['MSH#', { ...DEFAULT_DELIMITERS, field: '#' }],
    ['MSH#|A', { ...DEFAULT_DELIMITERS, field: '#', ...none, component: '|' }],
    ['MSH##A', { ...DEFAULT_DELIMITERS, field: '#' }],
    ['MSH|^', { field: '|', ...none, component: '^' }],
    ['MSH|^~\\|A', { ...DEFAULT_DELIMITERS, subcomponent: undefined }],
    ['MSH|^~\\&#|A', DEFAULT_DELIMITERS],
    ['FHS#@~!%', { field: '#', component: '@', repetition: '~', escape: '!', subcomponent: '%' }],
    ['BHS#@~!%', { field: '#', component: '@', repetition: '~', escape: '!', subcomponent: '%' }],
  ])('of %s', (text, expected) => {
    expect(delimitersOf(text)).toEqual(expected);
  });

  test.each(['MSHA^~\\&AB', 'MSH1x', 'MSH ^~\\&', 'MSHä', 'MSH\t|', 'MSH😀x', 'MSHELL#x'])(
    'a letter, digit, blank or half a character is no separator: %s',
    (text) => {
      expect(delimitersOf(text)).toEqual(DEFAULT_DELIMITERS);
      expect(delimitersOf(`MSH#@~!%\r${text}`)).toEqual(DEFAULT_DELIMITERS);
    },
  );

  test('of two equal ones only the outer divides, and an escape that divides escapes nothing', () => {
    expect(delimitersOf('MSH|^^\\&')).toEqual({
      ...DEFAULT_DELIMITERS,
      repetition: '^',
      component: undefined,
    });
    expect(delimitersOf('MSH|^~^&')).toEqual({ ...DEFAULT_DELIMITERS, escape: undefined });
    expect(delimitersOf('MSH|ABCD')).toEqual({ field: '|', ...none });
  });

  test('a message begins anew, a segment that is no header does not', () => {
    const parsed = parse('PID|1\rMSH#@~!%\rPID#1\rBTS#1\rMSH|^~\\&\rPID|1');
    expect(parsed.segments.map((segment) => segment.delimiters.field)).toEqual([
      '|',
      '#',
      '#',
      '#',
      '|',
      '|',
    ]);
  });
});

describe('segments', () => {
  test('end at CRLF, LF or CR, and nowhere else', () => {
    const parsed = parse('A\r\nB\nC\r\r\n \t\n\u2028\nD\tE\vF\u0085G\u2028H\n');
    expect(parsed.segments.map((segment) => segment.wire)).toEqual(['A', 'B', 'C', 'D\tE\vF\u0085G\u2028H']);
  });

  test('count those of the same name', () => {
    const parsed = parse('PID|a\rOBX|b\rPID|c\rpid|d');
    expect(parsed.segments.map((segment) => segment.occurrence)).toEqual([1, 1, 2, 1]);
    expect(valueAt(parsed, 'PID[2]-1')).toBe('c');
    expect(locate(parsed, 'PID[3]-1')).toBeUndefined();
  });

  test('keep empty parts at every level', () => {
    const [field] = fieldsOf(parse('PID|~^&').segments[0] ?? never());
    const [first, second] = field ? childrenOf(field) : [];
    expect(first?.wire).toBe('');
    expect(second && childrenOf(second).map((part) => childrenOf(part).map((sub) => sub.wire))).toEqual([
      [''],
      ['', ''],
    ]);
  });
});

describe('reading', () => {
  const parsed = parse('MSH|^~\\&|A\rPID|1||a^b&c~d||""|');

  test.each([
    ['MSH-1', '|'],
    ['MSH-2', '^~\\&'],
    ['MSH-2.2', undefined],
    ['PID-1.1.1', '1'],
    ['PID-2', ''],
    ['PID-3.2.2', 'c'],
    ['PID-3[2]', 'd'],
    ['PID-3[2].1', 'd'],
    ['PID-5', '""'],
    ['PID.6', ''],
    ['PID-7', undefined],
    ['PID-3[3]', undefined],
    ['PID-3.3', undefined],
    ['PID-3.1.2', undefined],
    ['OBX-1', undefined],
    ['nonsense', undefined],
  ])('%s gives %j', (path, expected) => {
    expect(valueAt(parsed, path)).toBe(expected);
  });

  test('several leaves are given as wire text, and it is said so', () => {
    expect(read(parsed, 'PID-3')).toEqual({ kind: 'composite', wire: 'a^b&c' });
    expect(read(parsed, 'PID-3.2')).toEqual({ kind: 'composite', wire: 'b&c' });
    expect(read(parsed, 'PID')).toEqual({ kind: 'composite', wire: 'PID|1||a^b&c~d||""|' });
  });
});

describe('paths', () => {
  test.each([
    ['PID', 'PID'],
    ['PID[1]-3[1].2.1', 'PID-3.2.1'],
    ['ZZ1[12].3[4].5', 'ZZ1[12]-3[4].5'],
  ])('%s is written %s', (text, written) => {
    const path = parsePath(text);
    expect(path && formatPath(path)).toBe(written);
  });

  test.each([
    '',
    'pid-3',
    'PIDX-3',
    '1ID-3',
    'PID-0',
    'PID-03',
    'PID-',
    'PID-3.',
    'PID-3[0]',
    'PID-3[1',
    'PID--3',
    'PID-3.1.1.1',
    ' PID-3',
  ])('%j is none', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });
});

describe('the caret', () => {
  const text = 'MSH|^~\\&|A\r\n\r\nPID|1||a^b&c~d|';
  const parsed = parse(text);

  test.each([
    ['|MSH', 'MSH'],
    ['MS|H', 'MSH'],
    ['MSH|', 'MSH'],
    ['MSH||', 'MSH-2'],
    ['&|', 'MSH-2'],
    ['A|', 'MSH-3'],
    ['|PID', 'PID'],
    ['1|', 'PID-1'],
    ['1||', 'PID-2'],
    ['|a^', 'PID-3.1'],
    ['a|^', 'PID-3.1'],
    ['^|b', 'PID-3.2.1'],
    ['b&|c', 'PID-3.2.2'],
    ['c~|d', 'PID-3[2]'],
    ['d|', 'PID-3[2]'],
  ])('at %s is in %s', (around, path) => {
    const at = around.lastIndexOf('|');
    const plain = around.slice(0, at) + around.slice(at + 1);
    expect(pathAt(parsed, text.indexOf(plain) + at)).toBe(path);
  });

  test('is nowhere on a blank line, and in the last field at the end', () => {
    expect(pathAt(parsed, 12)).toBeUndefined();
    expect(pathAt(parsed, text.length)).toBe('PID-4');
    expect(pathAt(parsed, text.length + 1)).toBeUndefined();
    expect(pathAt(parse(''), 0)).toBeUndefined();
    expect(pathAt(parse('PID|1\r'), 6)).toBeUndefined();
  });

  test('goes to where a place stands', () => {
    const at = (path: string) => {
      const span = spanOf(parsed, path);
      return span && text.slice(span.from, span.to);
    };
    expect(
      ['MSH', 'MSH-1', 'MSH-2', 'PID-3', 'PID-3.2', 'PID-3.2.2', 'PID-3[2]', 'PID-4', 'PID-9'].map(at),
    ).toEqual(['MSH|^~\\&|A', '|', '^~\\&', 'a^b&c', 'b&c', 'c', 'd', '', undefined]);
  });
});

describe('escapes', () => {
  const shown = (wire: string, delimiters = DEFAULT_DELIMITERS) => decode(wire, delimiters);

  test('of delimiters in use are decoded, once', () => {
    expect(shown('a\\F\\\\S\\\\R\\\\T\\\\E\\b')).toBe('a|^~&\\b');
    expect(shown('\\E\\F\\E\\')).toBe('\\F\\');
    expect(shown('!F!\\F\\', { ...DEFAULT_DELIMITERS, field: '#', escape: '!' })).toBe('#\\F\\');
  });

  test.each([
    '\\H\\x\\N\\',
    '\\.br\\',
    '\\.sp\\\\.sp3\\\\.in+4\\\\.ti-2\\\\.sk 1\\\\.fi\\\\.nf\\\\.ce\\',
    '\\X0D\\\\X0d0A\\',
    '\\Zx y\\',
    '\\C2842\\\\M2442\\\\M244242\\',
  ])('of other kinds are shown as they stand: %s', (wire) => {
    expect(shown(wire)).toBe(wire);
    expect(tokenise(wire, DEFAULT_DELIMITERS).every((token) => token.kind !== 'lone')).toBe(true);
  });

  test.each([
    '\\',
    'C:\\temp',
    '\\Q\\',
    '\\f\\',
    '\\X0\\',
    '\\X\\',
    '\\.xx\\',
    '\\Z\\',
    '\\C1\\',
    '\\FF\\',
    '\\H',
  ])('begin nothing, and what follows is read on: %s', (wire) => {
    expect(shown(wire)).toBe(wire);
    expect(tokenise(wire, DEFAULT_DELIMITERS)).toContainEqual({ kind: 'lone', wire: '\\', text: '\\' });
    expect(shown(`${wire}F\\F\\`)).toBe(wire.endsWith('\\') ? `${wire.slice(0, -1)}|F\\` : `${wire}F|`);
  });

  test('of a delimiter that is not in use mean nothing, as a whole', () => {
    const inUse = { ...DEFAULT_DELIMITERS, component: undefined };
    expect(shown('\\S\\F\\', inUse)).toBe('\\S\\F\\');
    expect(shown('\\S\\\\F\\', inUse)).toBe('\\S\\|');
  });

  test('are data where no escape character is in use', () => {
    expect(shown('a\\F\\', { ...DEFAULT_DELIMITERS, escape: undefined })).toBe('a\\F\\');
  });
});

function never(): never {
  throw new Error('no segment');
}

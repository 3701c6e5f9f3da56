import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  colourOf,
  countPlaceholders,
  decode,
  fillPlaceholders,
  findPlaceholders,
  isUnfilled,
  nextFreeGroup,
  occurrencesOf,
  parse,
  placeholderId,
  toCanonical,
  valueAt,
  variablesOf,
} from '../../src/hl7/index.ts';
import { noise, value } from './arbitraries.ts';

const idsIn = (text: string) => findPlaceholders(text).map((found) => found.id);

describe('what a placeholder is', () => {
  test.each(['HELPERVARIABLE', 'HELPERVARIABLE1', 'HELPERVARIABLE10', 'HELPERVARIABLE999'])(
    '%s is one',
    (text) => {
      expect(idsIn(text)).toEqual([text]);
    },
  );

  test.each([
    'HELPERVARIABLE0',
    'HELPERVARIABLE01',
    'HELPERVARIABLE1000',
    'helpervariable1',
    'ÄHELPERVARIABLE1',
    'HELPERVARIABLEж',
    'HELPERVARIABLE_1',
    '_HELPERVARIABLE',
    'HELPERVARIABLE1\u0301',
    'HELPERVARIABLE1٣',
    '𝒜HELPERVARIABLE1',
    'HELPERVARIABLE1𝒜',
    'HELPERVARIABLE1HELPERVARIABLE2',
  ])('%s is plain text', (text) => {
    expect(idsIn(text)).toEqual([]);
  });

  test('a hyphen, a blank, an escape or a symbol ends it', () => {
    expect(idsIn('-HELPERVARIABLE1- HELPERVARIABLE \\T\\HELPERVARIABLE2\\.br\\ ²HELPERVARIABLE3€')).toEqual([
      'HELPERVARIABLE1',
      'HELPERVARIABLE',
      'HELPERVARIABLE2',
      'HELPERVARIABLE3',
    ]);
  });
});

test('placeholders stand in leaves only: not in names, nor in the fields that name the delimiters', () => {
  const parsed = parse('HELPERVARIABLE1\rMSH|HELPERVARIABLE2|HELPERVARIABLE3\rPID|HELPERVARIABLE4');
  expect(Array.from(occurrencesOf(parsed), (found) => found.id)).toEqual([
    'HELPERVARIABLE3',
    'HELPERVARIABLE4',
  ]);
});

test('an occurrence says where it is, in the text and by position', () => {
  const text = 'MSH|^~\\&|A\r\nPID|1||x~a^b HELPERVARIABLE7&c';
  const [found] = occurrencesOf(parse(text));
  expect(found).toMatchObject({
    group: 7,
    position: { segment: 1, field: 3, repetition: 2, component: 2, subcomponent: 1 },
  });
  expect(text.slice(found?.from, found?.to)).toBe('HELPERVARIABLE7');
});

test('variables are listed by number, the unnumbered last, each with its fields once', () => {
  const parsed = parse(
    'PID|HELPERVARIABLE|HELPERVARIABLE10^HELPERVARIABLE2 HELPERVARIABLE2\rOBX|HELPERVARIABLE2\rOBX|HELPERVARIABLE2',
  );
  expect(variablesOf(parsed)).toEqual([
    {
      id: 'HELPERVARIABLE2',
      group: 2,
      positions: ['PID-2', 'OBX-1', 'OBX[2]-1'],
      names: ['PID-2', 'OBX-1', 'OBX[2]-1'],
      count: 4,
    },
    { id: 'HELPERVARIABLE10', group: 10, positions: ['PID-2'], names: ['PID-2'], count: 1 },
    { id: 'HELPERVARIABLE', group: null, positions: ['PID-1'], names: ['PID-1'], count: 1 },
  ]);
  expect(countPlaceholders(parsed)).toBe(6);
});

test('colours: one for the unnumbered, eight in turn for the others', () => {
  expect([null, 1, 2, 8, 9, 16, 17, 999].map(colourOf)).toEqual([null, 0, 1, 7, 0, 7, 0, 6]);
});

test('the next free number is the lowest that is not taken', () => {
  expect(nextFreeGroup(parse('PID|x'))).toBe(1);
  expect(nextFreeGroup(parse('PID|HELPERVARIABLE1|HELPERVARIABLE3|HELPERVARIABLE'))).toBe(2);
  const all = Array.from({ length: 999 }, (_, index) => placeholderId(index + 1)).join('|');
  expect(nextFreeGroup(parse(`PID|${all}`))).toBeUndefined();
});

describe('filling', () => {
  test('before anything is filled, the output is the template in canonical form', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const template = parse(text);
        const { text: output, unfilled } = fillPlaceholders(template, { values: {} });
        expect(output).toBe(toCanonical(template));
        expect(new Set(unfilled)).toEqual(new Set(variablesOf(template).map((variable) => variable.id)));
      }),
    );
  });

  test('a value comes out as it went in, whatever it looks like, and nothing else changes', () => {
    fc.assert(
      fc.property(value, value, (first, second) => {
        fc.pre(!isUnfilled('HELPERVARIABLE1', first) && !isUnfilled('HELPERVARIABLE2', second));
        const template = parse('MSH#*~!%#A\nPID#a !.br! HELPERVARIABLE1 HELPERVARIABLE2*HELPERVARIABLE1%b#!');
        const { text, unfilled, refused } = fillPlaceholders(template, {
          values: { HELPERVARIABLE1: first, HELPERVARIABLE2: second },
        });
        const output = parse(text);
        expect(valueAt(output, 'PID-1.1')).toBe(`a !.br! ${first} ${second}`);
        expect(valueAt(output, 'PID-1.2.1')).toBe(first);
        expect(text.endsWith('%b#!')).toBe(true);
        expect([unfilled, refused]).toEqual([[], []]);
      }),
    );
  });

  test('values are not searched for placeholders again', () => {
    const { text, unfilled } = fillPlaceholders(parse('PID|HELPERVARIABLE1|HELPERVARIABLE2'), {
      values: { HELPERVARIABLE1: 'HELPERVARIABLE2', HELPERVARIABLE2: '$&$1' },
    });
    expect(text).toBe('PID|HELPERVARIABLE2|$\\T\\$1');
    expect(unfilled).toEqual([]);
  });

  test('absent, empty and the own name are unfilled; left empty on purpose is not', () => {
    const template = parse(
      'PID|HELPERVARIABLE1|HELPERVARIABLE2|HELPERVARIABLE3|HELPERVARIABLE4|HELPERVARIABLE1',
    );
    const filled = fillPlaceholders(template, {
      values: { HELPERVARIABLE2: '', HELPERVARIABLE3: 'HELPERVARIABLE3' },
      leftEmpty: ['HELPERVARIABLE4'],
    });
    expect(filled.text).toBe('PID|HELPERVARIABLE1|HELPERVARIABLE2|HELPERVARIABLE3||HELPERVARIABLE1');
    expect(filled.unfilled).toEqual(['HELPERVARIABLE1', 'HELPERVARIABLE2', 'HELPERVARIABLE3']);
  });

  test('a value that cannot be written keeps its placeholder and is named', () => {
    const filled = fillPlaceholders(parse('MSH|^~|A\rPID|HELPERVARIABLE1|HELPERVARIABLE2'), {
      values: { HELPERVARIABLE1: 'a^b', HELPERVARIABLE2: 'fine' },
    });
    expect(filled.text).toBe('MSH|^~|A\rPID|HELPERVARIABLE1|fine');
    expect(filled.unfilled).toEqual(['HELPERVARIABLE1']);
    expect(filled.refused.map(({ reason }) => reason)).toEqual(['no-escape-character']);
  });

  test('each message is filled with its own delimiters', () => {
    const template = parse('MSH|^~\\&|A\rPID|HELPERVARIABLE\rMSH#*~!&#B\rPID#HELPERVARIABLE');
    const { text } = fillPlaceholders(template, { values: { HELPERVARIABLE: '|#^*' } });
    expect(text).toBe('MSH|^~\\&|A\rPID|\\F\\#\\S\\*\rMSH#*~!&#B\rPID#|!F!^!S!');
    const [, , , last] = parse(text).segments;
    expect(last && decode(last.wire.slice(4), last.delimiters)).toBe('|#^*');
  });
});

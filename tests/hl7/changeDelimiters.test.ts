import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CompleteDelimiters,
  changeDelimiters,
  childrenOf,
  fieldsOf,
  isDivided,
  type ParsedText,
  type Part,
  parse,
  type Token,
  tokenise,
} from '../../src/hl7/index.ts';
import { delimiters, fullDelimiters, headerFor, leafWire } from './arbitraries.ts';

const OTHER: CompleteDelimiters = {
  field: '#',
  component: '@',
  repetition: '~',
  escape: '!',
  subcomponent: '%',
};

const changed = (text: string, next: CompleteDelimiters = OTHER, index = 0) => {
  const edit = changeDelimiters(parse(text), index, next);
  return edit.kind === 'edited' ? edit.text : edit.reason;
};

test('separators and escapes are rewritten, sequences keep their meaning, terminators stay', () => {
  expect(changed('MSH|^~\\&|A|B\\F\\C\r\nPID|a^b&c~d|100%#@|x\\.br\\y\\H\\|q!\n\n')).toBe(
    'MSH#@~!%#A#B|C\r\nPID#a@b%c~d#100!T!!F!!S!#x!.br!y!H!#q!E!\n\n',
  );
});

test('only the message of the header is rewritten', () => {
  const text = 'MSH|^~\\&|A\rPID|a^b\rMSH|^~\\&|B\rPID|c^d\rBTS|1';
  expect(changed(text, OTHER, 2)).toBe('MSH|^~\\&|A\rPID|a^b\rMSH#@~!%#B\rPID#c@d\rBTS#1');
  expect(changed(text)).toBe('MSH#@~!%#A\rPID#a@b\rMSH|^~\\&|B\rPID|c^d\rBTS|1');
  expect(changed(text, OTHER, 1)).toBe('no-such-place');
});

test('a truncation character stays unless it is taken', () => {
  expect(changed('MSH|^~\\&$|A')).toBe('MSH#@~!%$#A');
  expect(changed('MSH|^~\\&#|A')).toBe('MSH#@~!%#A');
});

test('what cannot be kept is refused', () => {
  expect(changed('MSH|^~\\&|A', { ...OTHER, field: '@' })).toBe('bad-delimiters');
  expect(changed('MSH|^~\\&|A', { ...OTHER, field: 'x' })).toBe('bad-delimiters');
  expect(changed('MSH|^~\\&|a\\.br\\b', { ...OTHER, component: '.' })).toBe('breaks-out');
  expect(changed('MSH|^~\\&|A\rPI#|1')).toBe('breaks-out');
});

test('every value reads the same afterwards, for any delimiters before and after', () => {
  const cases = fc.record({ before: delimiters, after: fullDelimiters }).chain(({ before, after }) =>
    fc.record({
      before: fc.constant(before),
      after: fc.constant(after as CompleteDelimiters),
      leaves: fc.array(leafWire(before), { minLength: 5, maxLength: 5 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ before, after, leaves }) => {
      const { field, component = field, repetition = field, subcomponent = field } = before;
      const [a, b, c, d, e] = leaves;
      const line = `PID${field}${a}${component}${b}${subcomponent}${c}${repetition}${d}${field}${e}`;
      const parsed = parse(`${headerFor(before)}${field}A\r${line}`);
      const edit = changeDelimiters(parsed, 0, after);
      if (edit.kind === 'refused') {
        expect(edit.reason).toBe('breaks-out');
        return;
      }
      expect(valuesOf(parse(edit.text))).toEqual(valuesOf(parsed));
    }),
    { numRuns: 2000 },
  );
});

/** All values of PID in their structure; sequences without their escape characters, which differ. */
function valuesOf({ segments }: ParsedText): unknown {
  const [, pid] = segments;
  return pid && fieldsOf(pid).map(valueIn);
}

function valueIn(part: Part): unknown {
  if (isDivided(part)) return childrenOf(part).map(valueIn);
  const tokens = tokenise(part.wire, part.delimiters);
  const isCommand = ({ kind, wire }: Token) => kind === 'sequence' && !/^.[FSRTE].$/.test(wire);
  return tokens.map((token) => (isCommand(token) ? `<${token.wire.slice(1, -1)}>` : token.text)).join('');
}

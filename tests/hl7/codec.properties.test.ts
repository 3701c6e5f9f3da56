import { Hl7Message } from '@medplum/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  childrenOf,
  decode,
  encode,
  fieldsOf,
  messageSpans,
  messagesOf,
  messageTypeOf,
  type Part,
  parse,
  pathAt,
  positionAt,
  read,
  searchMessage,
  setValue,
  spanOf,
  type Token,
  toCanonical,
  tokenise,
  toText,
  validate,
  variablesOf,
} from '../../src/hl7/index.ts';
import { delimiters, fullDelimiters, headerFor, leafWire, noise, value } from './arbitraries.ts';

test('[H03] any text comes back byte for byte, and canonical text is canonical for good', () => {
  fc.assert(
    fc.property(noise, (text) => {
      const parsed = parse(text);
      expect(toText(parsed)).toBe(text);
      const canonical = toCanonical(parsed);
      expect(toCanonical(parse(canonical))).toBe(canonical);
      expect(canonical).not.toMatch(/\n|\r\r|\r$/);
    }),
    { numRuns: 1000 },
  );
});

test('a segment is its place in the text, and its parts joined by their separators are the segment', () => {
  fc.assert(
    fc.property(noise, (text) => {
      for (const segment of parse(text).segments) {
        expect(text.slice(segment.start, segment.start + segment.wire.length)).toBe(segment.wire);
        for (const field of fieldsOf(segment)) expectWhole(field, segment.wire);
      }
    }),
    { numRuns: 500 },
  );
});

test('nothing that reads a text throws', () => {
  fc.assert(
    fc.property(noise, fc.nat(200), fc.string(), (text, offset, query) => {
      const parsed = parse(text);
      pathAt(parsed, offset);
      read(parsed, query);
      searchMessage(parsed, query);
      validate(parsed);
      variablesOf(parsed);
    }),
    { numRuns: 500 },
  );
});

test('the path under the caret names a span that holds the caret', () => {
  fc.assert(
    fc.property(noise, fc.nat(300), (text, offset) => {
      const parsed = parse(text);
      const position = positionAt(parsed, offset);
      if (!position) return;
      const span = spanOf(parsed, position);
      expect(span && span.from <= offset && offset <= span.to).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('[H04] decode after encode gives back any value, for any delimiters', () => {
  fc.assert(
    fc.property(delimiters, value, (inUse, text) => {
      const encoded = encode(text, inUse);
      if (encoded.kind === 'refused') {
        expect(inUse.escape).toBeUndefined();
        return;
      }
      expect(decode(encoded.wire, inUse)).toBe(text);
      for (const separator of [inUse.field, inUse.repetition, inUse.component, inUse.subcomponent]) {
        expect(separator !== undefined && encoded.wire.includes(separator)).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});

test('[H04] a header sets the delimiters that it names', () => {
  fc.assert(
    fc.property(delimiters, (inUse) => {
      expect(parse(headerFor(inUse)).segments[0]?.delimiters).toEqual(inUse);
    }),
  );
});

test('tokens joined are the wire text', () => {
  fc.assert(
    fc.property(
      delimiters.chain((inUse) => fc.tuple(fc.constant(inUse), leafWire(inUse))),
      ([inUse, wire]) => {
        expect(
          tokenise(wire, inUse)
            .map((token) => token.wire)
            .join(''),
        ).toBe(wire);
      },
    ),
  );
});

test('[H02] a new value keeps the wire form of its beginning and end, and reads back as typed', () => {
  const cases = fullDelimiters.chain((inUse) =>
    fc.record({
      inUse: fc.constant(inUse),
      wire: leafWire(inUse),
      typed: value,
      cut: fc.nat(20),
      drop: fc.nat(4),
    }),
  );
  fc.assert(
    fc.property(cases, ({ inUse, wire, typed, cut, drop }) => {
      const parsed = parse(`${headerFor(inUse)}\rPID${inUse.field}${wire}`);
      const shown = decode(wire, inUse);
      const at = Math.min(cut, shown.length);
      const next = shown.slice(0, at) + typed + shown.slice(at + drop);
      const edit = setValue(parsed, 'PID-1', next);
      if (edit.kind === 'refused') throw new Error(edit.reason);
      const after = read(parse(edit.text), 'PID-1');
      if (after.kind !== 'value') throw new Error(after.kind);
      expect(after.value).toBe(next);
      const tokens = tokenise(wire, inUse);
      const common = commonLength(shown, next, Math.min(shown.length, next.length));
      expect(after.wire.startsWith(wholeTokens(tokens, common).join(''))).toBe(true);
      const room = Math.min(shown.length, next.length) - common;
      const end = commonLength(reversed(shown), reversed(next), room);
      expect(after.wire.endsWith(wholeTokens(tokens.toReversed(), end).reverse().join(''))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('[H07] an edit changes its own leaf and no other', () => {
  const cases = fullDelimiters.chain((inUse) =>
    fc.record({
      inUse: fc.constant(inUse),
      leaves: fc.array(leafWire(inUse), { minLength: 8, maxLength: 8 }),
      target: fc.nat(7),
      typed: fc.string({ unit: 'binary', maxLength: 8 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ inUse, leaves, target, typed }) => {
      const paths = [
        'PID-1.1.1',
        'PID-1.1.2',
        'PID-1.2',
        'PID-1[2].1',
        'PID-1[2].2',
        'PID-2',
        'PID[2]-1.1',
        'PID[2]-1.2',
      ];
      const line = (wires: readonly string[]) => {
        const [a, b, c, d, e, f, g, h] = wires;
        const { field, repetition, component, subcomponent } = inUse;
        const first = `${a}${subcomponent}${b}${component}${c}${repetition}${d}${component}${e}`;
        return `${headerFor(inUse)}\r\nPID${field}${first}${field}${f}\n\nPID${field}${g}${component}${h}\n`;
      };
      const text = line(leaves);
      const edit = setValue(parse(text), paths[target] ?? '', typed);
      if (edit.kind === 'refused') throw new Error(edit.reason);
      const after = read(parse(edit.text), paths[target] ?? '');
      expect(after.kind).toBe('value');
      const wire = after.kind === 'value' ? after.wire : '';
      expect(edit.text).toBe(line(leaves.with(target, wire)));
      expect(edit.changes.length).toBeLessThan(2);
    }),
    { numRuns: 1000 },
  );
});

test('another parser sees the same structure and the same text', () => {
  const leaf = fc.string({ unit: fc.constantFrom(...'abcXYZ019 .-_äö'), maxLength: 5 });
  const joined = (of: fc.Arbitrary<string>, separator: string) =>
    fc.array(of, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(separator));
  const field = joined(joined(joined(leaf, '&'), '^'), '~');
  const segment = fc
    .tuple(fc.constantFrom('PID', 'OBX', 'ZZ1'), fc.array(field, { minLength: 1, maxLength: 4 }))
    .map(([name, fields]) => [name, ...fields].join('|'));
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 4 }), (lines) => {
      const text = ['MSH|^~\\&|APP', ...lines].join('\r');
      const theirs = Hl7Message.parse(text);
      const ours = parse(text);
      expect(toCanonical(ours)).toBe(theirs.toString());
      expect(ours.segments.map((each) => each.name)).toEqual(theirs.segments.map((each) => each.name));
      for (const segment of ours.segments.slice(1)) {
        for (const part of fieldsOf(segment)) {
          const field = theirs.segments[segment.index]?.getField(part.number);
          const components = childrenOf(part).map((repetition) =>
            childrenOf(repetition).map((each) => each.wire),
          );
          expect(components).toEqual(field?.components);
        }
      }
    }),
    { numRuns: 300 },
  );
});

function expectWhole(part: Part, line: string): void {
  expect(line.slice(part.start, part.start + part.wire.length)).toBe(part.wire);
  const children = childrenOf(part);
  if (part.level === 'subcomponent') return;
  expect(children.reduce((length, child) => length + child.wire.length, children.length - 1)).toBe(
    part.wire.length,
  );
  for (const child of children) expectWhole(child, line);
}

function commonLength(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
}

/** Wire text of the first tokens that lie within so many characters, up to a lone escape, which may be rewritten. */
function wholeTokens(tokens: readonly Token[], length: number): string[] {
  const whole: string[] = [];
  let room = length;
  for (const { kind, wire, text } of tokens) {
    room -= text.length;
    if (room < 0 || kind === 'lone') break;
    whole.push(wire);
  }
  return whole;
}

function reversed(text: string): string {
  return text.split('').reverse().join('');
}

test('the messages of a text are the same in steps as at once, and so is its type', () => {
  fc.assert(
    fc.property(noise, (text) => {
      const parsed = parse(text);
      const spans = [...messageSpans(text)].filter((span) => span !== undefined);
      expect(spans).toEqual(messagesOf(parsed).map(({ from, to }) => ({ from, to })));
      expect(messageTypeOf(text)).toBe(messageTypeOf(parsed));
    }),
  );
});

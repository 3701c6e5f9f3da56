import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLineEnds, toDocumentChanges } from '../../../src/app/editor/lineEnds.ts';
import { applyChanges } from '../../../src/app/editor/textChange.ts';

const pieces = fc.array(fc.constantFrom('A', 'PID|1', '\r\n', '\r', '\n', '\u2028', 'ü'), { maxLength: 12 });
const text = pieces.map((parts) => parts.join(''));

test('a widget shows each CRLF, CR and LF as one line end', () => {
  expect(readLineEnds('MSH|\r\nPID|\rPV1|\nZZZ').shown).toBe('MSH|\nPID|\nPV1|\nZZZ');
});

test('[I19] every offset a widget can show goes to the document and comes back', () => {
  fc.assert(
    fc.property(text, (source) => {
      const ends = readLineEnds(source);
      for (let offset = 0; offset <= ends.shown.length; offset += 1) {
        expect(ends.toShown(ends.toDocument(offset))).toBe(offset);
      }
    }),
  );
});

test('[I19] typing in a widget changes the document as typed, and no byte of the lines it did not touch', () => {
  const typed = fc.constantFrom('', 'x', '\n', 'x\n', '\nx', 'a\nb');
  fc.assert(
    fc.property(text, typed, fc.nat(), fc.nat(), (source, insert, first, second) => {
      const ends = readLineEnds(source);
      const [from, to] = [first % (ends.shown.length + 1), second % (ends.shown.length + 1)].sort(
        (left, right) => left - right,
      ) as [number, number];
      const change = { from, to, insert };
      const changes = toDocumentChanges(source, ends, [change]);
      const after = applyChanges(source, changes);
      expect(readLineEnds(after).shown).toBe(applyChanges(ends.shown, [change]));
      expect(after.startsWith(source.slice(0, ends.toDocument(from)))).toBe(true);
      // Line feeds right behind the edit may have become carriage returns, nothing else.
      const rest = source.slice(ends.toDocument(to));
      expect(after.endsWith(rest.replace(/^\n+/, '')) || after.endsWith(rest)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('[I19] a line break typed in a CR message is a CR, in a CRLF message a CRLF', () => {
  const typeBreak = (source: string, at: number): string =>
    applyChanges(
      source,
      toDocumentChanges(source, readLineEnds(source), [{ from: at, to: at, insert: '\n' }]),
    );
  expect(typeBreak('MSH|\rPID|', 4)).toBe('MSH|\r\rPID|');
  expect(typeBreak('MSH|\rPID|', 9)).toBe('MSH|\rPID|\r');
  expect(typeBreak('MSH|\r\nPID|', 9)).toBe('MSH|\r\nPID|\r\n');
  expect(typeBreak('MSH|\nPID|', 9)).toBe('MSH|\nPID|\n');
  expect(typeBreak('MSH|', 4)).toBe('MSH|\r');
});

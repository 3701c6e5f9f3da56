import { expect, test } from 'vitest';
import {
  fieldsOf,
  fillPlaceholders,
  findLostBreaks,
  isDivided,
  openText,
  parse,
  reparse,
  searchMessage,
  setValue,
  toCanonical,
  validate,
  variablesOf,
} from '../../src/hl7/index.ts';

/** Worst cases by shape; each is as many characters as asked for. */
const SHAPES: Record<string, (length: number) => string> = {
  'blank lines': (length) => '\r'.repeat(length),
  'short lines': (length) => 'P\n'.repeat(length / 2),
  'one line of separators': (length) => `PID${'|'.repeat(length - 3)}`,
  'one field of subcomponents': (length) => `PID|a^${'&'.repeat(length - 6)}`,
  'one base64 value': (length) => `OBX|1|ED|X||^TEXT^PDF^Base64^${'QUJD'.repeat(length / 4)}`,
  'lone escapes': (length) => `OBX|${'\\Z'.repeat(length / 2)}`,
  'unclosed hexadecimal': (length) => `OBX|\\X${'0'.repeat(length)}`,
  'equal segments': (length) => 'OBX|1|ST|X||\\F\\y\r'.repeat(length / 17),
  placeholders: (length) => `PID|${'HELPERVARIABLE12 '.repeat(length / 17)}`,
  'half placeholders': (length) => `PID|${'HELPERVARIABLE'.repeat(length / 14)}`,
  frames: (length) => '\x0BMSH|^~\\&|A\r\x1C\r'.repeat(length / 15),
  headers: (length) => 'MSH|^~\\&|A\rMSH#*~!&#B\r'.repeat(length / 22),
};

function work(text: string): void {
  const parsed = parse(openText(text).text);
  toCanonical(parsed);
  const [first] = parsed.segments;
  if (first) fieldsOf(first).some(isDivided);
  findLostBreaks(text);
  searchMessage(parsed, 'nowhere to be found');
  variablesOf(parsed);
  fillPlaceholders(parsed, { values: { HELPERVARIABLE12: 'a|b' } });
  validate(parsed);
  const edit = setValue(parsed, { segment: 0, field: 5 }, 'typed');
  if (edit.kind === 'edited') reparse(parsed, edit.text);
}

/** The better of two runs: a busy machine makes things slower, never faster. */
function millisecondsFor(task: () => void): number {
  const runs = [0, 1].map(() => {
    const start = performance.now();
    task();
    return performance.now() - start;
  });
  return Math.min(...runs);
}

test.each(Object.entries(SHAPES))(
  'time grows with size, not with its square: %s',
  { timeout: 120_000 },
  (_, shape) => {
    work(shape(2_000));
    const [small, large] = [shape(25_000), shape(400_000)];
    // Sixteen times the text: quadratic work would take 256 times as long. The rest is for a busy machine.
    const smallMs = Math.max(
      millisecondsFor(() => work(small)),
      2,
    );
    expect(millisecondsFor(() => work(large)) / smallMs).toBeLessThan(100);
  },
);

test('ten megabytes of noise take ten times as long as one', { timeout: 120_000 }, () => {
  const [small, large] = [noiseOf(1_000_000), noiseOf(10_000_000)];
  const readAndWrite = (text: string) => () => {
    const parsed = parse(text);
    expect(toCanonical(parsed).length).toBeGreaterThan(text.length / 2);
  };
  readAndWrite(small)();
  expect(
    millisecondsFor(readAndWrite(large)) / Math.max(millisecondsFor(readAndWrite(small)), 2),
  ).toBeLessThan(50);
});

function noiseOf(length: number): string {
  let seed = 42;
  const characters = 'ABCPIDMSH|^~\\&\r\n 0123456789äHELPERVARIABLE';
  const pieces: string[] = [];
  for (let index = 0; index < length; index += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    pieces.push(characters.charAt((seed >>> 8) % characters.length));
  }
  return pieces.join('');
}

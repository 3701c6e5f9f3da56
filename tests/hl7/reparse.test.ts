import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, reparse } from '../../src/hl7/index.ts';
import { noise } from './arbitraries.ts';

const keysOf = (...texts: [string, ...string[]]) => {
  const [first, ...rest] = texts;
  return rest
    .reduce((parsed, text) => reparse(parsed, text), parse(first))
    .segments.map((segment) => segment.key);
};

test('a text that did not change is the same object', () => {
  const parsed = parse('PID|1');
  expect(reparse(parsed, 'PID|1')).toBe(parsed);
});

test('an edited segment keeps its key, a new one gets a key of its own', () => {
  expect(keysOf('PID|1\rOBX|1\rNTE|1', 'PID|1\rOBX|2\rNTE|1')).toEqual([0, 1, 2]);
  expect(keysOf('PID|1\rOB\rNTE|1', 'PID|1\rOBX\rNTE|1')).toEqual([0, 1, 2]);
  expect(keysOf('PID|1\rNTE|1', 'PID|1\rOBX|1\rNTE|1')).toEqual([0, 2, 1]);
  expect(keysOf('PID|1\rNTE|1', 'PID|1', 'PID|1\rNTE|1')).toEqual([0, 2]);
});

test('of equal segments none has the key of another', () => {
  expect(keysOf('OBX|\rOBX|\rOBX|', 'OBX|')).toEqual([0]);
  expect(keysOf('OBX|', 'OBX|\rOBX|\rOBX|')).toEqual([0, 1, 2]);
  expect(keysOf('PID|1\rOBX|1\rOBX|1\rNTE|1', 'PID|2\rOBX|1\rOBX|2\rNTE|2')).toEqual([0, 1, 2, 3]);
});

test('segments that change places keep their keys, also when one of them is edited', () => {
  expect(keysOf('PID|1\rOBX|1\rNTE|1', 'NTE|1\rPID|1\rOBX|2')).toEqual([2, 0, 1]);
});

test('with other delimiters a segment is not the same, but keeps its key', () => {
  const before = parse('MSH|^~\\&|A\rPID|1');
  const after = reparse(before, 'MSH|^~!&|A\rPID|1');
  expect(after.segments[1]).not.toBe(before.segments[1]);
  expect(after.segments[1]).toMatchObject({ key: 1, delimiters: { escape: '!' } });
});

test('after any edit the text is parsed as if it were new, and what did not change is the same object', () => {
  const edits = fc.record({ text: noise, from: fc.nat(100), length: fc.nat(20), insert: noise });
  fc.assert(
    fc.property(edits, ({ text, from: at, length, insert }) => {
      const from = Math.min(at, text.length);
      const before = parse(text);
      const after = reparse(before, text.slice(0, from) + insert + text.slice(from + length));
      const fresh = parse(after.text);
      expect(after.segments.map(({ key: _, ...rest }) => rest)).toEqual(
        fresh.segments.map(({ key: _, ...rest }) => rest),
      );
      const keys = after.segments.map((segment) => segment.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toBeLessThan(after.nextKey);
      const untouched = before.segments.filter((segment) => segment.start + segment.wire.length < from);
      for (const segment of untouched) expect(after.segments[segment.index]).toBe(segment);
    }),
    { numRuns: 1000 },
  );
});

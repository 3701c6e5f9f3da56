import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPace } from '../../src/bundle/pace.ts';
import { scanJson } from '../../src/bundle/scan.ts';
import { findStringFault } from '../../src/bundle/scanText.ts';
import { timeFor } from './support.ts';

const RUNS = 20 * Number(process.env.SEEDS ?? 50);
const scan = (text: string) => scanJson(text, createPace({}));

/** What the platform says about the same text. */
function platform(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'broken';
  }
}

const json = fc.json({ maxDepth: 8 });
const spaced = json.map((text) => text.replaceAll(',', ' ,\r\n\t').replaceAll(':', ' : '));
/** JSON with one character put in, taken out or replaced. */
const mutilated = fc
  .tuple(
    fc.oneof(json, spaced),
    fc.nat(),
    fc.nat(2),
    fc.constantFrom(...'{}[]",:\\u0123eE+-.tfn \n\u0000\u001f'),
  )
  .map(([text, where, how, unit]) => {
    const at = where % (text.length + 1);
    return text.slice(0, at) + (how === 0 ? '' : unit) + text.slice(how === 2 ? at : at + 1);
  });

describe('strict JSON', () => {
  test(
    '[I5] agrees with the platform about every text, but for what it refuses beyond JSON',
    timeFor(RUNS),
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(json, spaced, mutilated), async (text) => {
          const found = await scan(text);
          if (found.kind === 'value') expect({ value: found.value }).toEqual(platform(text));
          else if (found.code === 'not-json') expect(platform(text)).toBe('broken');
          else expect(['duplicate-key', 'dangerous-key', 'unsafe-integer']).toContain(found.code);
        }),
        { numRuns: RUNS },
      );
    },
  );

  test('[I5] finds a key that is there twice, at any depth, however it is written', async () => {
    for (const text of [
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":1}',
      '[[[[[[{"b":{"a":1,"c":2,"a":3}}]]]]]]',
      '{"":1,"":2}',
    ])
      expect(await scan(text), text).toMatchObject({ kind: 'broken', code: 'duplicate-key' });
  });

  test('[I5] finds keys that reach a prototype, also when an escape hides one', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype', '__pr\\u006fto__'])
      expect(await scan(`[[[[[{"x":{"${key}":1}}]]]]]`)).toMatchObject({ code: 'dangerous-key' });
    expect(await scan('{"hasOwnProperty":1,"toString":2,"a":"__proto__"}')).toMatchObject({ kind: 'value' });
  });

  test('[I5] counts depth to 64 and not further, without recursion', async () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(await scan(nested(64))).toMatchObject({ kind: 'value' });
    expect(await scan(nested(65))).toMatchObject({ code: 'too-deep', at: { line: 1, column: 65 } });
    expect(await scan(nested(1_000_000))).toMatchObject({ code: 'too-deep' });
  });

  test('says where whole numbers are that a double may have changed, and refuses those beyond any', async () => {
    expect(await scan('[9007199254740991,9007199254740993,1e300,-9007199254740993]')).toMatchObject({
      unsafe: [18, 41],
    });
    expect(await scan('{"a":[1e999]}')).toMatchObject({ code: 'unsafe-integer', at: { line: 1, column: 7 } });
  });

  test.each([
    ['{"a": "x\ty"}', 1, 9],
    ['{"a":\r\n"\\q"}', 2, 2],
    ['[[[[{"a":\n\r{"b":"\\\\","c":"\\u00g0"}}]]]]', 3, 16],
    ['[[[[["\\u00e4\\n","\\u12"]]]]]', 1, 18],
    ['{"k\\x":1}', 1, 2],
    ['{"a":1 "b"}', 1, 8],
    ['{"a" 1}', 1, 6],
    ['[tru]', 1, 2],
    ['[1,]', 1, 4],
    ['{,}', 1, 2],
    ['1 2', 1, 3],
    ['-', 1, 2],
  ])('says where %j stops being JSON', async (text, line, column) => {
    expect(await scan(text)).toMatchObject({ kind: 'broken', code: 'not-json', at: { line, column } });
  });

  test('finds no fault in strings that have none', () => {
    expect(findStringFault('["\\u00e4","\\"","x"]', 0)).toBe(0);
  });

  test('tells a text that ends too early from one that is wrong, and keeps what was whole', async () => {
    const whole = '{"a":{"b":[{"c":[1,2]},{"c":"\\u00e4"}]},"d":true}';
    for (let length = 1; length < whole.length; length++)
      expect(await scan(whole.slice(0, length)), whole.slice(0, length)).toMatchObject({ isCutOff: true });
    expect(await scan(whole.slice(0, 24))).toMatchObject({ partial: { a: { b: [{ c: [1, 2] }, {}] } } });
    expect(await scan(`${whole}x`)).toMatchObject({ isCutOff: false });
  });
});

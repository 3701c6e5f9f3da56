import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64, isSameBytes, toBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { canonical, isPlainObject, isSameValue } from '../../src/vault/canonical.ts';
import { classifySeedRecord } from '../../src/vault/classify.ts';
import { goneMembers, lastRevOf, recalled } from '../../src/vault/gone.ts';
import { LayeredMap } from '../../src/vault/layered.ts';
import { seedChecksum } from '../../src/vault/seedChecksum.ts';
import { digestWith, sha256 } from '../../src/vault/sha256.ts';
import { addChecksum, EMPTY_SUM, sumFromHex, sumToHex, takeChecksum } from '../../src/vault/sum.ts';

const anyUnit = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyUnit,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyUnit, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('canonical text', () => {
  test('[I19] any text comes back code unit by code unit, as one byte a character', () => {
    fc.assert(
      fc.property(anyUnit, (text) => {
        const written = canonical(text);
        expect(toBytes(written).length).toBe(written.length);
        expect(JSON.parse(toText(toBytes(written)))).toBe(text);
      }),
    );
  });

  test('[I19] any JSON value comes back as JSON gives it, whatever the order of its members was', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(JSON.parse(canonical(value))).toEqual(plain);
        const isObject = isPlainObject(plain);
        const turned = isObject ? Object.fromEntries(Object.entries(plain).reverse()) : plain;
        expect(canonical(turned)).toBe(canonical(plain));
      }),
    );
  });

  test.each([
    [{ b: 1, a: [true, null, -0] }, '{"a":[true,null,0],"b":1}'],
    [{ 10: 'x', 9: 'y', é: 'z' }, '{"10":"x","9":"y","\\u00e9":"z"}'],
    ['\ud800 \u2028 \u{1f600} \u007f', '"\\ud800 \\u2028 \\ud83d\\ude00 \u007f"'],
    [1e21, '1e+21'],
    [JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])('%j is written %s', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  test('two values are the same when they would be stored the same', () => {
    expect(isSameValue({ a: 1, b: [0] }, { b: [-0], a: 1 })).toBe(true);
    expect(isSameValue('é', 'e\u0301')).toBe(false);
  });
});

describe('bytes', () => {
  test('base64 there and back, also for more than one call can take', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    expect(isSameBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true);
    expect(isSameBytes(bytes, bytes.subarray(1))).toBe(false);
  });

  test('a byte order mark is a byte like any other', () => {
    expect(toText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
  });
});

describe('digests and sums', () => {
  test('SHA-256 is the same by either road', async () => {
    const bytes = toBytes('abc'.repeat(2_000));
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await digestWith(globalThis.crypto.subtle)(bytes)).toBe(sha256(bytes));
    expect(await digestWith(undefined)(bytes)).toBe(sha256(bytes));
  });

  test('the sum is free of order, and what was added can be taken away', () => {
    const [one, other] = [sha256('one'), sha256('other')];
    const both = addChecksum(addChecksum(EMPTY_SUM, one), other);
    expect(both).toBe(addChecksum(addChecksum(EMPTY_SUM, other), one));
    expect(sumToHex(takeChecksum(both, other))).toBe(one);
    expect(sumFromHex(sumToHex(both))).toBe(both);
    expect(addChecksum(sumFromHex('f'.repeat(64)), `${'0'.repeat(63)}2`)).toBe(1n);
  });

  // hl7.md 3.5
  test.each([
    ['[]', '28y'],
    ['{}', '31e'],
    ['null', '20pzb'],
    ['{"theme":"dark"}', 'lpr0mx'],
    ['"Aa"', 'n43k'],
    ['"BB"', 'n43k'],
    [
      '[{"id":"default-0","name":"ADT^A01 (Admit)","description":"Standard Example","messageType":"ADT-A01","content":"MSH|^~\\\\&|A\\rPID|1","createdAt":1700000000000}]',
      '3jw2do',
    ],
  ])('[X14] the seed’s weak checksum of %s is %s', (text, checksum) => {
    expect(seedChecksum(JSON.parse(text))).toBe(checksum);
  });

  test('[I3] the bare list of version 0 is as good as its elements', () => {
    const rule = { version: 1, isSound: (data: unknown) => Array.isArray(data) && data.every(isPlainObject) };
    expect(classifySeedRecord([{}], rule)).toBe('needs-migration');
    expect(classifySeedRecord([{}, 'bad'], rule)).toBe('corrupt:shape');
  });

  test('the seed’s checksum of what JSON leaves out is none', () => {
    expect(seedChecksum(undefined)).toBeUndefined();
  });
});

describe('a layered map', () => {
  test('is what a plain map would be, and none of its ancestors ever changes', () => {
    const edits = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.nat())), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 60 }), (rounds) => {
        let layered = LayeredMap.over(new Map([['0', 7]]));
        const model = new Map([['0', 7]]);
        const history: [LayeredMap<number>, string][] = [];
        for (const round of rounds) {
          const changes = new Map(round.map(([key, value]) => [`${key}`, value]));
          layered = layered.with(changes);
          for (const [key, value] of changes) {
            if (value === null) model.delete(key);
            else model.set(key, value);
          }
          const sorted = JSON.stringify([...model].sort());
          expect(JSON.stringify([...layered].sort())).toBe(sorted);
          expect(layered.size).toBe(model.size);
          history.push([layered, sorted]);
        }
        for (const [past, sorted] of history) expect(JSON.stringify([...past.entries()].sort())).toBe(sorted);
      }),
      { numRuns: 50 },
    );
  });

  test('that is empty begins with what is put into it', () => {
    const changes = new Map<string, number | null>([
      ['a', 1],
      ['b', null],
    ]);
    const layered = LayeredMap.over(new Map<string, number>()).with(changes);
    expect([layered.size, [...layered]]).toEqual([1, [['a', 1]]]);
  });

  test('merges its layers before they grow long, and is read like any map', () => {
    let layered = LayeredMap.over(new Map<string, number>([['start', 0]]));
    for (let i = 0; i < 1_200; i++) layered = layered.with(new Map([[`k${i}`, i]]));
    expect(layered.size).toBe(1_201);
    expect([...layered.keys()]).toHaveLength(1_201);
    expect([...layered.values()].reduce((sum, value) => sum + value, 0)).toBe((1_199 * 1_200) / 2);
    const seen: string[] = [];
    layered.forEach((value, key, map) => {
      if (map === layered && value > 1_197) seen.push(key);
    });
    expect(seen).toEqual(['k1198', 'k1199']);
    expect(layered.get('nobody')).toBeUndefined();
  });
});

describe('a layered map', () => {
  test('names what changed since an older one of the same base, and says nothing of one with another', () => {
    const base = LayeredMap.over(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    );
    const older = base.with(new Map([['a', 3]]));
    const newer = older.with(
      new Map<string, number | null>([
        ['b', null],
        ['c', 4],
        ['a', 3],
      ]),
    );
    expect(newer.changedSince(older)).toEqual(new Set(['b', 'c']));
    expect(older.changedSince(newer)).toEqual(new Set(['b', 'c']));
    expect(newer.changedSince(base)).toEqual(new Set(['a', 'b', 'c']));
    expect(newer.changedSince(LayeredMap.over(new Map([['a', 1]])))).toBeUndefined();
    expect(newer.changedSince(new Map([['a', 1]]))).toBeUndefined();
  });
});

describe('what is remembered of removed records', () => {
  test('[I3] a header that says it otherwise than we do is left out, part by part, and nothing is thrown', () => {
    const known = new Map([['notes\u0000a', 3]]);
    for (const header of [
      {},
      { gone: undefined },
      { gone: null },
      { gone: 7 },
      { gone: [null, 1, ['notes'], ['notes', 'a', 'x']] },
    ])
      expect(recalled(known, header)).toEqual(known);
    expect(
      recalled(known, {
        gone: [
          ['notes', 'a', 2],
          ['notes', 'b', 5],
          ['notes', 1, 6],
        ],
        goneOthers: 1.5,
      }),
    ).toEqual(
      new Map([
        ['notes\u0000a', 3],
        ['notes\u0000b', 5],
      ]),
    );
    const all = recalled(known, { goneOthers: 2 });
    expect([lastRevOf(all, 'notes', 'a'), lastRevOf(all, 'notes', 'other')]).toEqual([3, 2]);
    expect(goneMembers(all)).toEqual({ gone: [['notes', 'a', 3]], goneOthers: 2 });
    expect(goneMembers(new Map())).toEqual({});
  });
});

describe('what JSON cannot hold', () => {
  const sparse = [1, 2, 3];
  delete sparse[1];
  const circular: unknown[] = [];
  circular.push(circular);
  const deep = 'nested too deeply, or circular';

  test.each([
    ['NaN', Number.NaN, 'a Number'],
    ['Infinity', { at: Number.POSITIVE_INFINITY }, 'a Number'],
    ['undefined', [undefined], 'a Undefined'],
    ['a BigInt', 1n, 'a BigInt'],
    ['a function', () => 1, 'a Function'],
    ['a symbol', Symbol('s'), 'a Symbol'],
    ['a Date', { at: new Date(0) }, 'a Date'],
    ['a Map', new Map(), 'a Map'],
    ['an instance of a class', new (class Point {})(), 'a Object'],
    ['a list with a hole', sparse, 'a list with holes or named members'],
    ['a list with a named member', Object.assign([1], { name: 2 }), 'a list with holes or named members'],
    ['a circle', circular, deep],
  ])('[F30] %s is refused, and said by its kind alone', (_, value, what) => {
    expect(() => canonical(value)).toThrow(
      expect.objectContaining({ class: 'programmer', message: `cannot be stored: ${what}` }),
    );
  });

  test('[F30] a thousand levels are taken, in lists and in objects, and not one more', () => {
    const nested = (levels: number, wrap: (inner: unknown) => unknown) => {
      let value: unknown = 0;
      for (let i = 0; i < levels; i++) value = wrap(value);
      return value;
    };
    for (const wrap of [(inner: unknown) => [inner], (inner: unknown) => ({ inner })]) {
      expect(canonical(nested(1_001, wrap))).toContain('0');
      expect(() => canonical(nested(1_002, wrap))).toThrow(deep);
    }
  });

  test('no primitive is a plain object', () => {
    for (const value of [undefined, null, 0, 'text', true, 1n, Symbol('s')])
      expect(isPlainObject(value)).toBe(false);
  });
});

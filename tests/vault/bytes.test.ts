import { expect, test } from 'vitest';
import { fromBase64, isBytes, isSameBytes, toBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { sumFromHex, sumToHex } from '../../src/vault/sum.ts';

const bytes = (...all: number[]) => Uint8Array.from(all);

test('the same bytes are as many, and each the same', () => {
  expect(isSameBytes(bytes(1, 2), bytes(1, 2))).toBe(true);
  expect(isSameBytes(bytes(), bytes())).toBe(true);
  for (const other of [bytes(1), bytes(1, 3), bytes(3, 2), bytes(1, 2, 3)]) {
    expect(isSameBytes(bytes(1, 2), other)).toBe(false);
    expect(isSameBytes(other, bytes(1, 2))).toBe(false);
  }
});

test('bytes are what a Uint8Array is, and nothing else', () => {
  expect(isBytes(bytes(1))).toBe(true);
  for (const value of [null, 'text', [1], bytes(1).buffer, new Uint16Array(1), { length: 1 }])
    expect(isBytes(value)).toBe(false);
});

test.each([0, 1, 0x7fff, 0x8000, 0x8001, 0x10001])(
  '[I4] %i bytes come back from base64 as they were',
  (length) => {
    const all = Uint8Array.from({ length }, (_, i) => i % 251);
    const text = toBase64(all);
    expect(text).toBe(Buffer.from(all).toString('base64'));
    expect(fromBase64(text)).toEqual(all);
  },
);

test('[I4] text becomes UTF-8 and comes back, a byte order mark, too', () => {
  for (const text of ['', 'ascii', 'äöü \u{1f600}', '\ufeffmark']) {
    expect(toBytes(text)).toEqual(new Uint8Array(Buffer.from(text, 'utf8')));
    expect(toText(toBytes(text))).toBe(text);
  }
  expect(toText(bytes(0x61, 0xff))).toBe('a\ufffd');
});

test('a sum is 64 digits, however small it is', () => {
  expect(sumToHex(10n)).toBe(`${'0'.repeat(63)}a`);
  expect(sumFromHex(sumToHex(10n))).toBe(10n);
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame, unframe } from '../../src/engines/frame.ts';
import { bytesOfText, textOfBytes } from '../../src/engines/latin1.ts';

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});

test('a frame is the length, the digest of the code units, and the text', () => {
  const digest = createHash('sha256').update(Buffer.from('edit', 'utf16le')).digest('hex');
  expect(frame('edit')).toBe(`4:${digest}:edit`);
});

test('[F32] any text comes back to the code unit, and any shorter or changed one is torn', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.nat(0xffff), (payload, at, unit) => {
      const framed = frame(payload);
      expect(unframe(framed)).toEqual({ kind: 'sound', payload });
      const place = at % framed.length;
      expect(unframe(framed.slice(0, place))).toEqual({ kind: 'torn' });
      const changed = framed.slice(0, place) + String.fromCharCode(unit) + framed.slice(place + 1);
      expect(unframe(changed).kind).toBe(changed === framed ? 'sound' : 'torn');
      expect(unframe(`${framed} `)).toEqual({ kind: 'torn' });
    }),
  );
});

test('[F32] every single bit of a slot counts', () => {
  const framed = frame('{"data":"é\uD800"}');
  let sound = 0;
  for (let at = 0; at < framed.length; at += 1) {
    for (let bit = 0; bit < 16; bit += 1) {
      const flipped = String.fromCharCode(framed.charCodeAt(at) ^ (1 << bit));
      if (unframe(framed.slice(0, at) + flipped + framed.slice(at + 1)).kind === 'sound') sound += 1;
    }
  }
  expect(sound).toBe(0);
});

test('any bytes survive as text, ASCII stays readable, and a text that no bytes gave is told', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(bytesOfText(textOfBytes(bytes))).toEqual(bytes);
    }),
  );
  expect(textOfBytes(new TextEncoder().encode('{"a":1}\n'))).toBe('{"a":1}\n');
  expect(textOfBytes(new Uint8Array(100_000).fill(65))).toBe('A'.repeat(100_000));
  expect(bytesOfText('ÿ')).toEqual(Uint8Array.of(255));
  expect(bytesOfText('Ā')).toBeUndefined();
});

import { toBytes } from '../../vault/bytes.ts';

const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * A text as bytes that give it back exactly: UTF-8, and UTF-16 behind its mark where half a character makes UTF-8 lose
 * something (localStorage keeps any UTF-16).
 */
export function textBytes(text: string): Uint8Array<ArrayBuffer> {
  if (!HALF_CHARACTER.test(text)) return toBytes(text);
  const units = Uint16Array.from({ length: text.length + 1 }, (_, at) =>
    at === 0 ? 0xfeff : text.charCodeAt(at - 1),
  );
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (const [at, unit] of units.entries()) view.setUint16(at * 2, unit, true);
  return new Uint8Array(view.buffer);
}

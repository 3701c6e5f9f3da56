const encoder = new TextEncoder();
// A byte order mark is a byte like any other: dropping it would hide a change.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8. Canonical text is ASCII: its bytes fit exactly, and written in place they cost a fraction of `encode`. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  return encoder.encodeInto(text, bytes).read === text.length ? bytes : encoder.encode(text);
}

/** Never throws: bytes that are no UTF-8 become U+FFFD, and fail their checksum. */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Whatever realm it comes from. */
export function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}

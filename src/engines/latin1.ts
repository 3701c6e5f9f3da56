/** One character a byte. What the vault writes is ASCII, so it stays readable; any other byte survives as well. */
export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

/** @returns the bytes, or `undefined` for a text that no bytes of ours gave */
export function bytesOfText(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0xff) return undefined;
    bytes[at] = unit;
  }
  return bytes;
}

/** As many arguments as every engine takes in one call. */
const CHUNK = 8_192;

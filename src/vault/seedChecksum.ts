/**
 * The seed's checksum, for reading and writing its files only (hl7.md 3.5). Weak: 32 bits, members in stored order, and
 * neither version nor dates nor key are covered. `undefined` for what JSON leaves out.
 *
 * @throws TypeError or RangeError for what `JSON.stringify` refuses
 */
export function seedChecksum(data: unknown): string | undefined {
  const text: string | undefined = JSON.stringify(data);
  return text === undefined ? undefined : seedDigits(seedHash(0, text));
}

/** The hash of a text that begins with one hashed already: large data can be taken piece by piece. Starts at 0. */
export function seedHash(begun: number, text: string): number {
  let hash = begun;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** A finished hash as the seed writes it. */
export function seedDigits(hash: number): string {
  return Math.abs(hash).toString(36);
}

import { seedDigits, seedHash } from '../vault/seedChecksum.ts';
import type { Json } from '../vault/types.ts';
import type { Pace } from './pace.ts';

/** The seed's checksum of data of any size: a list is taken element by element, so that a page can breathe. */
export async function seedSum(data: Json, pace: Pace): Promise<string> {
  if (!Array.isArray(data)) return seedDigits(seedHash(0, JSON.stringify(data)));
  let hash = seedHash(0, '[');
  for (const [i, element] of data.entries()) {
    const text = `${i > 0 ? ',' : ''}${JSON.stringify(element)}`;
    hash = seedHash(hash, text);
    if (pace.spend(text.length)) await pace.rest();
  }
  return seedDigits(seedHash(hash, ']'));
}

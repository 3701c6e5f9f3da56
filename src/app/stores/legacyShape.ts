import { seedChecksum } from '../../vault/seedChecksum.ts';
import type { Json } from '../../vault/types.ts';

/** The envelopes that the earlier app wrote; what is above comes from something newer. */
const VERSION = 1;

/** What a text is, told by its shape alone: the same key has held both (hl7.md 4, rule 2). */
export type LegacyShape =
  | { readonly kind: 'array'; readonly data: readonly Json[] }
  | {
      readonly kind: 'envelope';
      readonly data: Json;
      /** Milliseconds since 1970, of the last save. */
      readonly savedAt: number | undefined;
      /** Its checksum matches. Where not, that is a finding and no proof of loss (hl7.md 3.5). */
      readonly isIntact: boolean;
    }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unknown' };

export function shapeOf(text: string): LegacyShape {
  let found: Json;
  try {
    found = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return { kind: 'unknown' };
  }
  if (Array.isArray(found)) return { kind: 'array', data: found };
  if (typeof found !== 'object' || found === null) return { kind: 'unknown' };
  const { version, checksum, data, updatedAt } = found;
  if (typeof version === 'number' && version > VERSION) return { kind: 'newer' };
  if ((version !== 0 && version !== VERSION) || typeof checksum !== 'string' || data === undefined)
    return { kind: 'unknown' };
  const savedAt = Date.parse(String(updatedAt));
  return {
    kind: 'envelope',
    data,
    savedAt: Number.isNaN(savedAt) ? undefined : savedAt,
    isIntact: seedChecksum(data) === checksum,
  };
}

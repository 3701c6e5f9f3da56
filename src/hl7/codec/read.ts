import { decode } from './escape.ts';
import type { ParsedText } from './parse.ts';
import { isDivided, type Part } from './parts.ts';
import { locate, type Place, partAt } from './position.ts';

/** What stands at a place. `absent` is beyond what exists, and is not the same as an empty value. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: string; readonly wire: string }
  /** Several leaves, as wire text. */
  | { readonly kind: 'composite'; readonly wire: string };

export function read(parsed: ParsedText, place: Place): Reading {
  const position = locate(parsed, place);
  if (!position) return { kind: 'absent' };
  if (position.field === undefined) {
    return { kind: 'composite', wire: parsed.segments[position.segment]?.wire ?? '' };
  }
  const part = partAt(parsed, position);
  return part ? readPart(part) : { kind: 'absent' };
}

/** The same for a part at hand; a field with repetitions is a composite here. */
export function readPart(part: Part): Exclude<Reading, { kind: 'absent' }> {
  if (isDivided(part)) return { kind: 'composite', wire: part.wire };
  return { kind: 'value', value: decode(part.wire, part.delimiters), wire: part.wire };
}

/** The decoded value, or the wire text of a composite, or `undefined` where nothing is. */
export function valueAt(parsed: ParsedText, place: Place): string | undefined {
  const reading = read(parsed, place);
  if (reading.kind === 'absent') return undefined;
  return reading.kind === 'value' ? reading.value : reading.wire;
}

/** HL7 null, "delete what you have": distinct from empty. */
export function isNull(wire: string): boolean {
  return wire === '""';
}

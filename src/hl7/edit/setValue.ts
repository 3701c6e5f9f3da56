import { alignedEncode } from '../codec/alignedEncode.ts';
import { encode } from '../codec/encode.ts';
import type { ParsedText } from '../codec/parse.ts';
import { isDivided } from '../codec/parts.ts';
import type { Place } from '../codec/position.ts';
import { readPart } from '../codec/read.ts';
import { type Edit, edited, refused } from './edit.ts';
import { changeAt, separatorsAround, type Target, targetOf } from './place.ts';

/**
 * Sets a value at a place (hl7.md 5.5). A leaf keeps the wire form of what was not changed; a composite is replaced as
 * a whole; beyond the end empty parts are added. The value is data: delimiters in it are escaped.
 *
 * @returns the text after the edit with the changed span, or why it was refused
 */
export function setValue(parsed: ParsedText, place: Place, value: string): Edit {
  const target = targetOf(parsed, place);
  if (target.kind === 'refused') return target;
  const written = wireFor(target, value);
  return written.kind === 'refused' ? written : edited(parsed.text, [changeAt(target, written.wire)]);
}

/**
 * Sets wire text at a place: separators below its level divide it. Refused as `breaks-out` if a separator of the same
 * or a higher level, or a line break, would carry it out of its place.
 */
export function setWire(parsed: ParsedText, place: Place, wire: string): Edit {
  const target = targetOf(parsed, place);
  if (target.kind === 'refused') return target;
  const doesBreakOut =
    /[\r\n]/.test(wire) || separatorsAround(target).some((separator) => wire.includes(separator));
  return doesBreakOut ? refused('breaks-out') : edited(parsed.text, [changeAt(target, wire)]);
}

function wireFor(target: Target, value: string) {
  const { part } = target;
  const { delimiters } = target.segment;
  if (!part) return encode(value, delimiters);
  if (!isDivided(part)) return alignedEncode(part.wire, value, delimiters);
  // Writing back what was read is no edit, although a composite was read as wire text.
  const reading = readPart(part);
  return value === reading.wire ? { kind: 'encoded' as const, wire: value } : encode(value, delimiters);
}

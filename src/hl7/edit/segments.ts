import { areSameDelimiters, DEFAULT_DELIMITERS, delimitersOfHeader } from '../codec/delimiters.ts';
import type { ParsedText, Segment } from '../codec/parse.ts';
import { type Edit, edited, refused } from './edit.ts';

/**
 * Adds a segment before the one at `index`, or at the end when `index` is the number of segments.
 *
 * @param wire  one line of wire text: a name alone (`NTE`), or with fields in the delimiters of that place
 */
export function addSegment(parsed: ParsedText, index: number, wire: string): Edit {
  if (/[\r\n]/.test(wire) || !/\S/.test(wire)) return refused('breaks-out');
  const { text, segments } = parsed;
  const next = segments[index];
  if (next) return edited(text, [{ from: next.start, to: next.start, insert: wire + terminatorOf(parsed) }]);
  const last = segments.at(-1);
  if (index !== segments.length) return refused('no-such-place');
  if (!last) return edited(text, [{ from: text.length, to: text.length, insert: wire }]);
  const end = endOf(last);
  const terminator = terminatorAt(text, end);
  if (terminator) return edited(text, [{ from: end, to: end, insert: terminator + wire }]);
  return edited(text, [{ from: end, to: end, insert: terminatorOf(parsed) + wire }]);
}

/** Removes a segment and its line. Removing a header leaves what follows to the delimiters before it. */
export function removeSegment(parsed: ParsedText, index: number): Edit {
  const { text, segments } = parsed;
  const segment = segments[index];
  if (!segment) return refused('no-such-place');
  const end = endOf(segment);
  const terminator = terminatorAt(text, end);
  const previous = segments[index - 1];
  // The last line without a terminator takes the one before it along, so that no trailing one appears.
  if (terminator || !previous)
    return edited(text, [{ from: segment.start, to: end + terminator.length, insert: '' }]);
  return edited(text, [{ from: endOf(previous), to: end, insert: '' }]);
}

/**
 * Moves a segment so that it becomes number `to` (from 0). Terminators and blank lines stay where they are. Refused as
 * `other-delimiters` when the segment, or one that it passes, would then be read with different delimiters.
 */
export function moveSegment(parsed: ParsedText, from: number, to: number): Edit {
  const { text, segments } = parsed;
  const moved = segments[from];
  if (!moved || !segments[to]) return refused('no-such-place');
  const low = Math.min(from, to);
  const order = segments.slice(low, Math.max(from, to) + 1);
  const slots = [...order];
  order.splice(from - low, 1);
  order.splice(to - low, 0, moved);

  let delimiters = segments[low - 1]?.delimiters ?? DEFAULT_DELIMITERS;
  for (const segment of order) {
    delimiters = delimitersOfHeader(segment.wire) ?? delimiters;
    if (!areSameDelimiters(delimiters, segment.delimiters)) return refused('other-delimiters');
  }
  const after = segments[low + order.length];
  if (after && !delimitersOfHeader(after.wire) && !areSameDelimiters(delimiters, after.delimiters)) {
    return refused('other-delimiters');
  }
  return edited(
    text,
    slots.map((slot, index) => ({
      from: slot.start,
      to: endOf(slot),
      insert: order[index]?.wire ?? slot.wire,
    })),
  );
}

/** The terminator that new lines of this text get: the first one it has, or CR. */
function terminatorOf({ text }: ParsedText): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\r';
}

function endOf(segment: Segment): number {
  return segment.start + segment.wire.length;
}

function terminatorAt(text: string, offset: number): string {
  if (text.startsWith('\r\n', offset)) return '\r\n';
  const character = text.charAt(offset);
  return character === '\r' || character === '\n' ? character : '';
}

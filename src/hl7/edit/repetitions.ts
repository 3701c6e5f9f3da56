import { isHeader, type ParsedText } from '../codec/parse.ts';
import { childrenOf, fieldsOf, type Part } from '../codec/parts.ts';
import { locate, type Place } from '../codec/position.ts';
import { type Change, type Edit, edited, type Refused, refused } from './edit.ts';

/** Adds an empty repetition behind the last one of the field. */
export function addRepetition(parsed: ParsedText, place: Place): Edit {
  const found = repeatable(parsed, place);
  if (found.kind === 'refused') return found;
  const at = found.to;
  return edited(parsed.text, [{ from: at, to: at, insert: found.separator }]);
}

/** Removes the repetition at a place; the only one is emptied, and its field stays. */
export function removeRepetition(parsed: ParsedText, place: Place): Edit {
  const found = repeatable(parsed, place);
  if (found.kind === 'refused') return found;
  if (!found.wires[found.number - 1] && found.wires.length < found.number) return refused('no-such-place');
  return edited(parsed.text, [rewrite(found, found.wires.toSpliced(found.number - 1, 1))]);
}

/** Moves the repetition at a place so that it becomes number `to` (from 1) of its field. */
export function moveRepetition(parsed: ParsedText, place: Place, to: number): Edit {
  const found = repeatable(parsed, place);
  if (found.kind === 'refused') return found;
  const { wires, number } = found;
  const moved = wires[number - 1];
  if (moved === undefined || wires[to - 1] === undefined) return refused('no-such-place');
  return edited(parsed.text, [rewrite(found, wires.toSpliced(number - 1, 1).toSpliced(to - 1, 0, moved))]);
}

interface Repeatable {
  readonly kind: 'repeatable';
  readonly from: number;
  readonly to: number;
  readonly number: number;
  readonly wires: readonly string[];
  readonly separator: string;
}

function repeatable(parsed: ParsedText, place: Place): Repeatable | Refused {
  const position = locate(parsed, place);
  const segment = position && parsed.segments[position.segment];
  if (!segment || position.field === undefined) return refused('no-such-place');
  if (isHeader(segment) && position.field <= 2) return refused('read-only');
  const field: Part | undefined = fieldsOf(segment)[position.field - 1];
  if (!field) return refused('no-such-place');
  const separator = segment.delimiters.repetition;
  if (separator === undefined) return refused('no-separator');
  const from = segment.start + field.start;
  return {
    kind: 'repeatable',
    from,
    to: from + field.wire.length,
    number: position.repetition ?? 1,
    wires: childrenOf(field).map((repetition) => repetition.wire),
    separator,
  };
}

function rewrite({ from, to, separator }: Repeatable, wires: readonly string[]): Change {
  return { from, to, insert: wires.join(separator) };
}

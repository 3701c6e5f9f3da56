import { isHeader, type ParsedText, type Segment } from '../codec/parse.ts';
import { childrenOf, fieldsOf, type Level, type Part } from '../codec/parts.ts';
import { locate, type Place, type Position } from '../codec/position.ts';
import { type Change, type Refused, refused } from './edit.ts';

/** No field, repetition or component beyond this number is made: each would have to be padded up to. */
export const LAST_POSITION = 10_000;

/** What an edit touches: a part that exists, or the end of one, behind separators that have to be added first. */
export interface Target {
  readonly kind: 'target';
  readonly segment: Segment;
  readonly level: Level;
  readonly part: Part | undefined;
  /** Offset in the text. */
  readonly from: number;
  readonly padding: string;
}

const LEVELS: readonly Level[] = ['field', 'repetition', 'component', 'subcomponent'];

/** Finds what an edit of this place touches. */
export function targetOf(parsed: ParsedText, place: Place): Target | Refused {
  const position = locate(parsed, place);
  const segment = position && parsed.segments[position.segment];
  if (!segment || position.field === undefined) return refused('no-such-place');
  if (isHeader(segment) && position.field <= 2) return refused('read-only');
  const numbers = numbersOf(position.field, position);
  if (numbers.some((number) => number > LAST_POSITION)) return refused('too-far');

  const level = LEVELS[numbers.length - 1] ?? 'field';
  let siblings = fieldsOf(segment);
  // A header's first field is its first separator: one more number is there than separators tell.
  let count = isHeader(segment) ? Math.max(1, siblings.length) : siblings.length;
  let end = segment.wire.length;
  let part: Part | undefined;
  for (const [depth, number] of numbers.entries()) {
    part = siblings[number - 1];
    if (!part) {
      const padding = paddingFor(segment, depth, [
        number - count,
        ...numbers.slice(depth + 1).map((n) => n - 1),
      ]);
      if (padding === undefined) return refused('no-separator');
      return { kind: 'target', segment, level, part, from: segment.start + end, padding };
    }
    siblings = childrenOf(part);
    count = siblings.length;
    end = part.start + part.wire.length;
  }
  return { kind: 'target', segment, level, part, from: segment.start + (part?.start ?? 0), padding: '' };
}

/** The change that puts wire text on a target. */
export function changeAt({ from, part, padding }: Target, wire: string): Change {
  return { from, to: from + (part?.wire.length ?? 0), insert: padding + wire };
}

/** The characters that may not stand inside a part of this level. */
export function separatorsAround({ level, segment }: Target): string[] {
  return LEVELS.slice(0, LEVELS.indexOf(level) + 1)
    .map((outer) => segment.delimiters[outer])
    .filter((separator) => separator !== undefined);
}

function numbersOf(field: number, { repetition = 1, component, subcomponent }: Position): number[] {
  if (subcomponent !== undefined) return [field, repetition, component ?? 1, subcomponent];
  return component === undefined ? [field, repetition] : [field, repetition, component];
}

/** So many separators of each level, from `depth` down; `undefined` if one is needed that is not in use. */
function paddingFor(segment: Segment, depth: number, counts: readonly number[]): string | undefined {
  let padding = '';
  for (const [index, count] of counts.entries()) {
    if (count === 0) continue;
    const separator = segment.delimiters[LEVELS[depth + index] ?? 'field'];
    if (separator === undefined) return undefined;
    padding += separator.repeat(count);
  }
  return padding;
}

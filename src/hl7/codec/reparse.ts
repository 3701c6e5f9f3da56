import { areSameDelimiters } from './delimiters.ts';
import { type ParsedText, parse, type Segment } from './parse.ts';

/**
 * Parses a later state of a text so that segments keep their `key`, and, where nothing about them changed, their
 * identity. Moved segments are known by their wire text, edited ones by their place between unchanged neighbours.
 */
export function reparse(previous: ParsedText, text: string): ParsedText {
  if (text === previous.text) return previous;
  const parsed = parse(text);
  const before = previous.segments;
  const after = parsed.segments;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isSameLine(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSameLine(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;

  const middle = matchKeys(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  let nextKey = previous.nextKey;
  const segments = after.map((segment, index) => {
    const kept =
      index < head
        ? before[index]
        : index >= after.length - tail
          ? before[index - after.length + before.length]
          : undefined;
    if (kept && isSamePlace(kept, segment)) return kept;
    const key = kept?.key ?? middle.get(index);
    if (key !== undefined) return { ...segment, key };
    nextKey += 1;
    return { ...segment, key: nextKey - 1 };
  });
  return { text, segments, nextKey };
}

/**
 * Keys for the segments between the unchanged ones, by their index: first equal lines, then equal names in order, then,
 * where none came or went, whatever is left in order: a name that is being typed.
 */
function matchKeys(before: readonly Segment[], after: readonly Segment[]): Map<number, number> {
  const keys = new Map<number, number>();
  const taken = new Set<Segment>();
  const matchBy = (aspect: (segment: Segment) => string) => {
    const waiting = new Map<string, Segment[]>();
    for (const segment of before.toReversed()) {
      if (taken.has(segment)) continue;
      const list = waiting.get(aspect(segment));
      if (list) list.push(segment);
      else waiting.set(aspect(segment), [segment]);
    }
    for (const segment of after) {
      const match = keys.has(segment.index) ? undefined : waiting.get(aspect(segment))?.pop();
      if (!match) continue;
      taken.add(match);
      keys.set(segment.index, match.key);
    }
  };
  matchBy((segment) => segment.wire);
  matchBy((segment) => segment.name);
  if (before.length === after.length) matchBy(() => '');
  return keys;
}

function isSameLine(a: Segment | undefined, b: Segment | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.wire === b.wire && areSameDelimiters(a.delimiters, b.delimiters)
  );
}

function isSamePlace(a: Segment, b: Segment): boolean {
  return a.start === b.start && a.index === b.index && a.occurrence === b.occurrence;
}

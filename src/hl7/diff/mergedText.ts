import type { ParsedText, Segment } from '../codec/parse.ts';
import { listAt } from './align.ts';
import type { Difference, Side } from './difference.ts';
import { mergedPart, onlySide, type PartTree } from './partTree.ts';

/** One segment as both sides have it, and how they relate. */
export interface SegmentTree {
  readonly first: Segment | undefined;
  readonly second: Segment | undefined;
  readonly tree: PartTree;
}

interface Compared {
  readonly first: ParsedText;
  readonly second: ParsedText;
  readonly trees: readonly SegmentTree[];
  readonly rows: readonly Difference[];
  /** The row about the order of segments, where there is one. */
  readonly order: Difference | undefined;
}

const LINE_END = /\r\n|\r|\n/;

/**
 * Makes the text of what was taken at each place. Line ends, blank lines and what stands before the first segment are
 * those of the side whose order is taken.
 */
export function mergedText(
  { first, second, trees, rows, order }: Compared,
  sideOf: (row: Difference) => Side,
): string {
  const only = onlySide(rows, sideOf);
  if (only) return (only === 'first' ? first : second).text;
  const main: Side = order ? sideOf(order) : 'first';
  const { text, segments } = main === 'first' ? first : second;
  const lineEnd = LINE_END.exec(text)?.[0] ?? '\r';
  const lines = inOrderOf(main, trees).flatMap((one) => {
    const wire = mergedPart(one.tree, sideOf);
    const own = one[main];
    // What stands between this segment and the next, its line end and blank lines, stays with it.
    return wire === undefined ? [] : [{ wire, behind: own ? behind(text, segments, own) : lineEnd }];
  });
  const last = segments.at(-1);
  const end = last ? behind(text, segments, last) : '';
  return lines.reduce(
    (all, line, i) => {
      const isLast = i === lines.length - 1;
      const between = LINE_END.test(line.behind) ? line.behind : lineEnd;
      return all + line.wire + (isLast ? end : between);
    },
    text.slice(0, segments[0]?.start ?? 0),
  );
}

function behind(text: string, segments: readonly Segment[], { index, start, wire }: Segment): string {
  return text.slice(start + wire.length, segments[index + 1]?.start ?? text.length);
}

/** The segments as they stand on one side; what only the other has stays behind the segment that it follows. */
function inOrderOf(side: Side, trees: readonly SegmentTree[]): readonly SegmentTree[] {
  if (side === 'first') return trees;
  const other: Side = 'first';
  const mine = trees.filter((one) => one[side]).sort((a, b) => (a[side]?.index ?? 0) - (b[side]?.index ?? 0));
  const following = new Map<SegmentTree | undefined, SegmentTree[]>();
  let before: SegmentTree | undefined;
  for (const one of trees.filter((each) => each[other])) {
    if (one[side]) before = one;
    else listAt(following, before).push(one);
  }
  return [
    ...(following.get(undefined) ?? []),
    ...mine.flatMap((one) => [one, ...(following.get(one) ?? [])]),
  ];
}

import type { ParsedText, Segment } from '../codec/parse.ts';
import type { Path } from '../codec/path.ts';
import { listAt } from './align.ts';
import type { Difference, Side } from './difference.ts';
import { mergedPieces, onlySide, type PartTree, type TextPiece } from './partTree.ts';

/** One segment as both sides have it, and how they relate. */
export interface SegmentTree {
  readonly path: Path;
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
 * The text of what was taken at each place, in pieces. Line ends, blank lines and what stands before the first segment
 * are those of the side whose order is taken. Where all are the same side, it is that side's text to the character.
 */
export function mergedText(
  { first, second, trees, rows, order }: Compared,
  sideOf: (row: Difference) => Side,
): readonly TextPiece[] {
  const only = onlySide(rows, { sideOf, otherwise: 'first' });
  const main = only ?? (order ? sideOf(order) : 'first');
  const { text, segments } = main === 'first' ? first : second;
  const lineEnd = LINE_END.exec(text)?.[0] ?? '\r';
  const lines = inOrderOf(main, trees).flatMap((one) => {
    const pieces = mergedPieces(one.tree, sideOf, only ?? 'first');
    const own = one[main];
    // What stands between this segment and the next, its line end and blank lines, stays with it.
    return pieces ? [{ pieces, behind: own ? behind(text, segments, own) : lineEnd }] : [];
  });
  const last = segments.at(-1);
  const end = last ? behind(text, segments, last) : '';
  const between = (after: string) => (LINE_END.test(after) ? after : lineEnd);
  return [
    common(text.slice(0, segments[0]?.start ?? 0)),
    ...lines.flatMap((line, i) => [
      ...line.pieces,
      common(i === lines.length - 1 ? end : between(line.behind)),
    ]),
  ].filter((piece) => piece.text !== '' || piece.path !== null);
}

function common(text: string): TextPiece {
  return { text, path: null };
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

import { childrenOf, isDivided, type Part, separatorWithin } from '../codec/parts.ts';
import { formatPath, type Path } from '../codec/path.ts';
import { type Difference, type Side, whoChanged } from './difference.ts';

/** How two versions of a piece of text relate, down to the smallest place at which they differ. */
export type PartTree =
  | { readonly kind: 'same'; readonly wire: string }
  /** Empty, and only one side has it: it keeps the places of what follows. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'differs'; readonly row: Difference }
  | {
      readonly kind: 'divided';
      /** The piece as each side has it. */
      readonly first: string;
      readonly second: string;
      readonly separator: string;
      readonly children: readonly PartTree[];
    };

/** The same part of the two versions and of what they came from; `undefined` where a version does not have it. */
export interface PartsAt {
  readonly first: Part | undefined;
  readonly second: Part | undefined;
  /** `null`: what they had in common is not known. */
  readonly base: Part | undefined | null;
}

/** Compares one part of a segment: repetition by repetition, component by component, subcomponent by subcomponent. */
export function compareParts({ first, second, base }: PartsAt, path: Path): PartTree {
  if (first && second && first.wire === second.wire) return { kind: 'same', wire: first.wire };
  const separator = first && second && separatorWithin(second.level, second.delimiters);
  if (!first || !second || separator === undefined || !(isDivided(first) || isDivided(second))) {
    const row = {
      path: formatPath(path),
      first: first?.wire,
      second: second?.wire,
      changed: whoChanged(first?.wire, second?.wire, base === null ? null : base?.wire),
    };
    return { kind: 'differs', row };
  }
  const children = compareLists(
    { first: childrenOf(first), second: childrenOf(second), base: base && childrenOf(base) },
    (part) => below(path, part),
  );
  return { kind: 'divided', first: first.wire, second: second.wire, separator, children };
}

/**
 * Compares parts by their number. Empty parts at the end that only one side has are no difference by themselves: they
 * say nothing (hl7.md 5.2), and come along with the side that is taken.
 */
export function compareLists(
  {
    first,
    second,
    base,
  }: { first: readonly Part[]; second: readonly Part[]; base: readonly Part[] | undefined | null },
  pathOf: (part: Part) => Path,
): PartTree[] {
  const longer = first.length >= second.length ? first : second;
  return longer.map((part, i) => {
    const at = { first: first[i], second: second[i], base: base === null ? null : base?.[i] };
    const isBeyond = !at.first || !at.second;
    return isBeyond && part.wire === '' ? { kind: 'nothing' } : compareParts(at, pathOf(part));
  });
}

function below(path: Path, { level, number }: Part): Path {
  return { ...path, [level]: number };
}

/** Every place at which the versions differ, in order. */
export function* rowsOf(tree: PartTree): Generator<Difference> {
  if (tree.kind === 'differs') yield tree.row;
  else if (tree.kind === 'divided') for (const child of tree.children) yield* rowsOf(child);
}

/** A stretch of a merged text. */
export interface TextPiece {
  readonly text: string;
  /** The path of the place whose value it is; `null` where nothing was to choose. */
  readonly path: string | null;
}

/**
 * The piece with a side taken at each place. Where every place takes the same side, it is that side's to the character.
 *
 * @param otherwise  the side that is taken where they differ in nothing but empty parts at the end
 * @returns `undefined` where the side that is taken has nothing at this place
 */
export function mergedPieces(
  tree: PartTree,
  sideOf: (row: Difference) => Side,
  otherwise: Side,
): readonly TextPiece[] | undefined {
  if (tree.kind === 'same') return [{ text: tree.wire, path: null }];
  if (tree.kind === 'nothing') return undefined;
  if (tree.kind === 'differs') {
    const { row } = tree;
    const text = row[sideOf(row)];
    return text === undefined ? undefined : [{ text, path: row.path }];
  }
  const only = onlySide(rowsOf(tree), { sideOf, otherwise });
  const parts = tree.children.map((child) => mergedPieces(child, sideOf, only ?? 'first'));
  const separator = { text: tree.separator, path: null };
  const pieces = parts
    .slice(0, parts.findLastIndex((part) => part !== undefined) + 1)
    .flatMap((part = [], i) => (i === 0 ? part : [separator, ...part]));
  // Empty parts at its end, which only this side has.
  const rest = only ? tree[only].slice(textOf(pieces).length) : '';
  return rest === '' ? pieces : [...pieces, { text: rest, path: null }];
}

export function textOf(pieces: readonly TextPiece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** The side that is taken at all of these places; `undefined` when both are. Where nothing differs, `otherwise`. */
export function onlySide(
  rows: Iterable<Difference>,
  { sideOf, otherwise }: { sideOf: (row: Difference) => Side; otherwise: Side },
): Side | undefined {
  let only: Side | undefined;
  for (const row of rows) {
    const side = sideOf(row);
    if (only !== undefined && only !== side) return undefined;
    only = side;
  }
  return only ?? otherwise;
}

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

/**
 * The piece with a side taken at each place. Where every place takes the same side, it is that side's to the character.
 */
export function mergedPart(tree: PartTree, sideOf: (row: Difference) => Side): string | undefined {
  if (tree.kind === 'same') return tree.wire;
  if (tree.kind === 'nothing') return undefined;
  if (tree.kind === 'differs') return tree.row[sideOf(tree.row)];
  const only = onlySide(rowsOf(tree), sideOf);
  if (only) return tree[only];
  const pieces = tree.children.map((child) => mergedPart(child, sideOf));
  return pieces.slice(0, pieces.findLastIndex((piece) => piece !== undefined) + 1).join(tree.separator);
}

/** The side that is taken at all of these places; `undefined` when both are. Where nothing differs, the first. */
export function onlySide(rows: Iterable<Difference>, sideOf: (row: Difference) => Side): Side | undefined {
  let only: Side | undefined;
  for (const row of rows) {
    const side = sideOf(row);
    if (only !== undefined && only !== side) return undefined;
    only = side;
  }
  return only ?? 'first';
}

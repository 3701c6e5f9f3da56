import { areSameDelimiters } from '../codec/delimiters.ts';
import { isHeader, type ParsedText, parse, type Segment } from '../codec/parse.ts';
import { fieldsOf } from '../codec/parts.ts';
import { formatPath } from '../codec/path.ts';
import { isSegmentName } from '../codec/segmentName.ts';
import { type Aligned, alignSegments } from './align.ts';
import { type Difference, type Side, type Versions, whoChanged } from './difference.ts';
import { mergedText, type SegmentTree } from './mergedText.ts';
import { compareLists, type PartTree, rowsOf, type TextPiece, textOf } from './partTree.ts';

/** What two versions of a text differ in, and how to make one of them. */
export interface MessageComparison {
  readonly rows: readonly Difference[];
  /** Fields that hold something, and the same on both sides. */
  readonly same: number;
  /** The text with a side taken at each place. Where all are the same side, it is that side's text to the character. */
  merge(sideOf: (row: Difference) => Side): string;
  /** The same text in pieces, which say what place each is of. */
  pieces(sideOf: (row: Difference) => Side): readonly TextPiece[];
  /** The fields that `same` counts, in the order of the first text. */
  sameFields(): readonly SameField[];
}

export interface SameField {
  readonly path: string;
  readonly wire: string;
}

/** Nobody decides more places than this one by one; and noise can have millions. */
const MAX_ROWS = 2_000;
/** In UTF-16 code units; larger texts are taken as a whole, so that no page waits for them. */
const MAX_LENGTH = 1_000_000;
/** The separators are no part of a header that is taken apart: what comes first there is its second field. */
const SECOND_FIELD = 2;
/** The path of the row that says that segments stand in another order. */
const ORDER = 'order';

/**
 * Compares two versions of HL7 text field by field, and with what they came from where that is known. How lines end is
 * no difference.
 *
 * @returns `undefined` where there is no comparing by field: lines that are no segments, other delimiters, or too much
 */
export function compareMessages(texts: Versions<string>): MessageComparison | undefined {
  if (Math.max(texts.first.length, texts.second.length, texts.base?.length ?? 0) > MAX_LENGTH)
    return undefined;
  const first = parse(texts.first);
  const second = parse(texts.second);
  const base = texts.base === undefined ? undefined : parse(texts.base);
  if (![first, second].every(isReadable) || (base && !isReadable(base))) return undefined;
  const aligned = alignSegments({ first, second, base });
  if (!aligned.every(haveSameDelimiters)) return undefined;

  const trees = labelled(aligned).map((one) => compareSegments(one, base !== undefined));
  const rows: Difference[] = [];
  const order = orderRow(aligned, base !== undefined);
  if (order) rows.push(order);
  for (const { tree } of trees) {
    for (const row of rowsOf(tree)) rows.push(row);
    if (rows.length > MAX_ROWS) return undefined;
  }
  // They differ in what no row can show, such as empty fields at the end.
  if (rows.length === 0 && wires(first) !== wires(second)) return undefined;
  const pieces: MessageComparison['pieces'] = (sideOf) =>
    mergedText({ first, second, trees, rows, order }, sideOf);
  return {
    rows,
    same: trees.reduce((sum, one) => sum + wiresOf(one).filter(isFilled).length, 0),
    merge: (sideOf) => textOf(pieces(sideOf)),
    pieces,
    sameFields: () => trees.flatMap(sameFieldsIn),
  };
}

function isReadable({ segments }: ParsedText): boolean {
  return segments.length > 0 && segments.every(({ name }) => isSegmentName(name));
}

function wires({ segments }: ParsedText): string {
  return segments.map(({ wire }) => wire).join('\r');
}

function haveSameDelimiters({ first, second, base }: Aligned): boolean {
  const [one, ...others] = [first, second, base].filter((segment) => segment !== undefined);
  return !one || others.every((other) => areSameDelimiters(one.delimiters, other.delimiters));
}

/** Numbers the segments of each name through both versions, so that every place has a path of its own. */
function labelled(aligned: readonly Aligned[]): (Aligned & { name: string; occurrence: number })[] {
  const seen = new Map<string, number>();
  return aligned.map((one) => {
    const name = (one.first ?? one.second)?.name ?? '';
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    return { ...one, name, occurrence };
  });
}

function compareSegments(
  { first, second, base, name, occurrence }: ReturnType<typeof labelled>[number],
  isBaseKnown: boolean,
): SegmentTree {
  const path = { segment: name, occurrence };
  return { path, first, second, tree: treeOf() };

  function treeOf(): PartTree {
    if (first && second && first.wire === second.wire) return { kind: 'same', wire: first.wire };
    if (!first || !second) {
      const changed = whoChanged(first?.wire, second?.wire, isBaseKnown ? base?.wire : null);
      return {
        kind: 'differs',
        row: { path: formatPath(path), first: first?.wire, second: second?.wire, changed },
      };
    }
    const separator = first.delimiters.field;
    const children = compareLists(
      { first: piecesOf(first), second: piecesOf(second), base: isBaseKnown ? base && piecesOf(base) : null },
      ({ number }) => ({ ...path, field: number }),
    );
    const head: PartTree = { kind: 'same', wire: name };
    return {
      kind: 'divided',
      first: first.wire,
      second: second.wire,
      separator,
      children: [head, ...children],
    };
  }
}

/** The fields between separators: a header's first field is the separator itself. */
function piecesOf(segment: Segment) {
  return isHeader(segment) ? fieldsOf(segment).slice(1) : fieldsOf(segment);
}

/** The order of the segments that both have, if it is not the same. */
function orderRow(aligned: readonly Aligned[], isBaseKnown: boolean): Difference | undefined {
  const shared = aligned.filter(({ first, second }) => first && second);
  const inOrder = (side: 'first' | 'second' | 'base') =>
    shared.toSorted((a, b) => (a[side]?.index ?? 0) - (b[side]?.index ?? 0));
  const [first, second] = [inOrder('first'), inOrder('second')];
  if (first.every((one, i) => one === second[i])) return undefined;
  const names = (list: readonly Aligned[]) => list.map((one) => one.first?.name).join(' ');
  // Names alone may read alike: it is the order that was compared, not what is shown of it.
  const isLike = (list: readonly Aligned[]) => inOrder('base').every((one, i) => one === list[i]);
  const changed = !isBaseKnown ? 'both' : isLike(first) ? 'second' : isLike(second) ? 'first' : 'both';
  return { path: ORDER, first: names(first), second: names(second), changed };
}

/** Fields that hold something and are the same on both sides. */
function sameFieldsIn({ path, first, tree }: SegmentTree): SameField[] {
  const start = tree.kind === 'divided' && first && isHeader(first) ? SECOND_FIELD : 1;
  return wiresOf({ first, tree }).flatMap((wire, i) =>
    isFilled(wire) ? [{ path: formatPath({ ...path, field: start + i }), wire }] : [],
  );
}

/** What both have, field by field; `undefined` where they differ. Of a segment that only one has, nothing. */
function wiresOf({ first, tree }: Pick<SegmentTree, 'first' | 'tree'>): (string | undefined)[] {
  if (first && tree.kind === 'same') return fieldsOf(first).map(({ wire }) => wire);
  if (tree.kind !== 'divided') return [];
  const [, ...fields] = tree.children;
  return fields.map((field) => (field.kind === 'same' ? field.wire : undefined));
}

function isFilled(wire: string | undefined): wire is string {
  return wire !== undefined && wire !== '';
}

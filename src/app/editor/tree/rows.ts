import {
  childrenOf,
  fieldsOf,
  isDivided,
  isHeader,
  type ParsedText,
  type Part,
  type Position,
  pathOf,
  readPart,
  type Segment,
} from '../../../hl7/index.ts';
import { shortPath } from '../shortPath.ts';

export type RowKind = 'segment' | 'field' | 'repetition' | 'component' | 'subcomponent';

/** One line of the structure. */
export interface Row {
  /** Stays the same while its segment lives, wherever that moves: what is open hangs on it. */
  readonly id: string;
  readonly kind: RowKind | 'more';
  /** From 1; what a screen reader says as the level. */
  readonly level: number;
  readonly position: Position;
  /** `PID-5.1`; for a line whose name is not valid, a label only. */
  readonly path: string;
  readonly wire: string;
  /** The decoded value of a leaf; `undefined` for what has parts of its own. */
  readonly value: string | undefined;
  readonly isExpanded: boolean;
  readonly isExpandable: boolean;
  readonly isReadOnly: boolean;
  readonly setSize: number;
  readonly posInSet: number;
  /** On a segment: how many fields it has; otherwise 0. */
  readonly fieldCount: number;
  /** On `more`: how many siblings are not listed. */
  readonly hidden?: number;
}

export interface RowOptions {
  readonly isExpanded: (id: string, kind: RowKind) => boolean;
  readonly showEmpty: boolean;
  /** Rows of this place are listed even when they are empty: the caret is there. */
  readonly caret: Position | undefined;
  /** How many fields the dictionary gives a segment, for fields beyond the last one. */
  readonly fieldCount: (segment: string) => number;
}

/** More segments, or more parts of one, are not listed; the raw text has them all. */
export const MOST_SEGMENTS = 5_000;
export const MOST_PARTS = 500;

/** The lines of the structure, flat, in the order they are seen. */
export function rowsOf(parsed: ParsedText, options: RowOptions): Row[] {
  const rows: Row[] = [];
  const shown = parsed.segments.slice(0, MOST_SEGMENTS);
  for (const segment of shown) pushSegment(rows, parsed, segment, shown.length, options);
  return rows;
}

function pushSegment(
  rows: Row[],
  parsed: ParsedText,
  segment: Segment,
  setSize: number,
  options: RowOptions,
): void {
  const id = String(segment.key);
  const position: Position = { segment: segment.index };
  const isExpandable = segment.wire.length > segment.name.length || options.showEmpty;
  const isExpanded = isExpandable && options.isExpanded(id, 'segment');
  rows.push({
    id,
    kind: 'segment',
    level: 1,
    position,
    path: shortPath(pathOf(parsed, position) ?? segment.name),
    wire: segment.wire,
    value: undefined,
    isExpandable,
    isExpanded,
    isReadOnly: true,
    setSize,
    posInSet: segment.index + 1,
    fieldCount: fieldsOf(segment).length,
  });
  if (!isExpanded) return;
  const fields = fieldsOf(segment);
  const listed = fields.filter(
    (field) => field.wire !== '' || options.showEmpty || isAtCaret(options.caret, segment, field.number),
  );
  const absent = options.showEmpty ? absentFields(fields.length, options.fieldCount(segment.name)) : [];
  const size = Math.min(listed.length, MOST_PARTS) + absent.length;
  const context = { parsed, segment, options, rows };
  for (const [index, field] of listed.slice(0, MOST_PARTS).entries()) {
    pushPart(context, field, { segment: segment.index, field: field.number }, [index + 1, size, 2]);
  }
  pushMore(rows, `${id}/more`, listed.length - MOST_PARTS, position, 2);
  for (const [index, number] of absent.entries()) {
    pushAbsent(context, number, [listed.length + index + 1, size]);
  }
}

interface Context {
  readonly parsed: ParsedText;
  readonly segment: Segment;
  readonly options: RowOptions;
  readonly rows: Row[];
}

type Place = readonly [posInSet: number, setSize: number, level: number];

function pushPart(context: Context, part: Part, position: Position, [posInSet, setSize, level]: Place): void {
  const { parsed, segment, options, rows } = context;
  const id = rowId(segment, position);
  const isComposite = isDivided(part);
  const isExpanded = isComposite && options.isExpanded(id, part.level);
  const reading = readPart(part);
  rows.push({
    id,
    kind: part.level,
    level,
    position,
    path: shortPath(pathOf(parsed, position) ?? ''),
    wire: part.wire,
    value: reading.kind === 'value' ? reading.value : undefined,
    isExpandable: isComposite,
    isExpanded,
    isReadOnly: isComposite || (isHeader(segment) && (position.field ?? 0) <= 2),
    setSize,
    posInSet,
    fieldCount: 0,
  });
  if (!isExpanded) return;
  const children = visibleChildren(part, position);
  const size = Math.min(children.length, MOST_PARTS);
  for (const [index, child] of children.slice(0, MOST_PARTS).entries()) {
    pushPart(context, child.part, child.position, [index + 1, size, level + 1]);
  }
  pushMore(rows, `${id}/more`, children.length - MOST_PARTS, position, level + 1);
}

/** Levels that do not divide are passed over: a field with one repetition shows its components at once. */
function visibleChildren(part: Part, position: Position): { part: Part; position: Position }[] {
  const children = childrenOf(part);
  const only = children[0];
  if (children.length === 1 && only) {
    return visibleChildren(only, { ...position, ...(only.level === 'component' && { component: 1 }) });
  }
  return children.map((child) => ({
    part: child,
    position: { ...position, ...numberOf(child) },
  }));
}

function numberOf(part: Part): Partial<Position> {
  switch (part.level) {
    case 'field':
      return { field: part.number };
    case 'repetition':
      return { repetition: part.number };
    case 'component':
      return { component: part.number };
    case 'subcomponent':
      return { subcomponent: part.number };
  }
}

function pushAbsent(context: Context, number: number, [posInSet, setSize]: readonly [number, number]): void {
  const { parsed, segment, rows } = context;
  const position: Position = { segment: segment.index, field: number };
  rows.push({
    id: rowId(segment, position),
    kind: 'field',
    level: 2,
    position,
    path: shortPath(pathOf(parsed, position) ?? ''),
    wire: '',
    value: '',
    isExpandable: false,
    isExpanded: false,
    isReadOnly: isHeader(segment) && number <= 2,
    setSize,
    posInSet,
    fieldCount: 0,
  });
}

function pushMore(rows: Row[], id: string, hidden: number, position: Position, level: number): void {
  if (hidden <= 0) return;
  rows.push({
    id,
    kind: 'more',
    level,
    position,
    path: '',
    wire: '',
    value: undefined,
    isExpandable: false,
    isExpanded: false,
    isReadOnly: true,
    setSize: -1,
    posInSet: 0,
    fieldCount: 0,
    hidden,
  });
}

function absentFields(present: number, known: number): number[] {
  return Array.from({ length: Math.max(0, known - present) }, (_, index) => present + index + 1);
}

function isAtCaret(caret: Position | undefined, segment: Segment, field: number): boolean {
  return caret?.segment === segment.index && caret.field === field;
}

/** The id of the row at a position, shared by tree, caret and search. */
export function rowId(segment: Segment, position: Position): string {
  const { field, repetition = 1, component, subcomponent } = position;
  if (field === undefined) return String(segment.key);
  const deeper = [component, subcomponent].filter((number) => number !== undefined);
  const isFirst = repetition === 1 && deeper.length === 0 && position.repetition === undefined;
  return `${segment.key}/${[field, ...(isFirst ? [] : [repetition]), ...deeper].join('.')}`;
}

/**
 * The ids of the rows a position lies in, deepest first. Some of them may not be listed: levels that do not divide
 * are passed over, and closed rows hide what is below.
 */
export function rowIdsAround(parsed: ParsedText, position: Position): string[] {
  const segment = parsed.segments[position.segment];
  if (!segment) return [];
  const { segment: index, field, repetition = 1, component, subcomponent } = position;
  const places: Position[] = [{ segment: index }];
  if (field !== undefined) {
    places.push({ segment: index, field }, { segment: index, field, repetition });
    if (component !== undefined) places.push({ segment: index, field, repetition, component });
    if (component !== undefined && subcomponent !== undefined) {
      places.push({ segment: index, field, repetition, component, subcomponent });
    }
  }
  return places.map((place) => rowId(segment, place)).reverse();
}

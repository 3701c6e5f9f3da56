import type { ParsedText } from '../codec/parse.ts';
import { pathOf } from '../codec/position.ts';
import { occurrencesOf } from './occurrences.ts';

/** Names of fields, where a dictionary is at hand: `fieldName('PID', 5)`. */
export type FieldNames = (segment: string, field: number) => string | undefined;

/** One variable of a template: the placeholders that share a value. */
export interface Variable {
  readonly id: string;
  readonly group: number | null;
  /** Fields it stands in, each once, in the order of the text: `PID-5`. */
  readonly positions: readonly string[];
  /** The name of each position; the position itself where the dictionary does not know it. */
  readonly names: readonly string[];
  /** How often it occurs. */
  readonly count: number;
}

/** The variables of a template: numbered ones by number, the unnumbered last. */
export function variablesOf(parsed: ParsedText, fieldName: FieldNames = () => undefined): Variable[] {
  const found = new Map<string, { group: number | null; count: number; names: Map<string, string> }>();
  for (const { id, group, position } of occurrencesOf(parsed)) {
    const entry = found.get(id) ?? { group, count: 0, names: new Map() };
    found.set(id, entry);
    entry.count += 1;
    const path = pathOf(parsed, { segment: position.segment, field: position.field });
    const segment = parsed.segments[position.segment]?.name ?? '';
    if (path !== undefined) entry.names.set(path, fieldName(segment, position.field) ?? path);
  }
  return Array.from(found, ([id, { group, count, names }]) => ({
    id,
    group,
    positions: [...names.keys()],
    names: [...names.values()],
    count,
  })).sort((a, b) => (a.group ?? Number.POSITIVE_INFINITY) - (b.group ?? Number.POSITIVE_INFINITY));
}

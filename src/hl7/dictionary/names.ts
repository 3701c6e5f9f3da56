import type { ParsedText, Segment } from '../codec/parse.ts';
import type { Position } from '../codec/position.ts';
import { valueAt } from '../codec/read.ts';
import type { ComponentInfo, Dictionary } from './dictionary.ts';

/** The data type whose real type stands in another field: OBX-5, told by OBX-2. */
const VARIES = 'VARIES';

/** The name of a field: `fieldName(dictionary, 'PID', 5)` is `Patient Name`. */
export function fieldName(dictionary: Dictionary, segment: string, field: number): string | undefined {
  return dictionary.fieldInfo(segment, field)?.name;
}

/** The name of a component or subcomponent, for fields whose data type is fixed. */
export function componentName(
  dictionary: Dictionary,
  segment: string,
  position: { readonly field: number; readonly component: number; readonly subcomponent?: number },
): string | undefined {
  const type = dictionary.fieldInfo(segment, position.field)?.type;
  return type === undefined ? undefined : partInfo(dictionary, type, position)?.name;
}

/**
 * The name to show for a place: of the deepest level that has one. The type of OBX-5 is taken from OBX-2.
 *
 * @example nameAt(dictionary, parsed, { segment: 2, field: 5, component: 1 }) // 'Family Name'
 */
export function nameAt(dictionary: Dictionary, parsed: ParsedText, position: Position): string | undefined {
  const segment = parsed.segments[position.segment];
  if (!segment) return undefined;
  const { field, component, subcomponent } = position;
  if (field === undefined) return dictionary.segmentName(segment.name);
  const info = dictionary.fieldInfo(segment.name, field);
  if (!info || component === undefined) return info?.name;
  const type = info.type === VARIES ? valueType(parsed, segment) : info.type;
  const part = { component, ...(subcomponent !== undefined && { subcomponent }) };
  return partInfo(dictionary, type, part)?.name ?? info.name;
}

function partInfo(
  dictionary: Dictionary,
  type: string,
  { component, subcomponent }: { readonly component: number; readonly subcomponent?: number },
): ComponentInfo | undefined {
  const outer = dictionary.componentsOf(type)[component - 1];
  if (!outer || subcomponent === undefined) return outer;
  return dictionary.componentsOf(outer.type)[subcomponent - 1] ?? outer;
}

function valueType(parsed: ParsedText, { index, name }: Segment): string {
  return (name === 'OBX' && valueAt(parsed, { segment: index, field: 2 })) || VARIES;
}

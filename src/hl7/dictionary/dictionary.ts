import type { Optionality, Pack } from './pack.ts';

/** What is known about a field. */
export interface FieldInfo {
  readonly name: string;
  /** Data type: `XPN`. */
  readonly type: string;
  readonly optionality: Optionality;
  /** How often it may stand; `Infinity` without limit. */
  readonly repetitions: number;
  /** In characters of wire text; `Infinity` without limit. */
  readonly length: number;
  /** Number of the table its codes are from. */
  readonly table: number | undefined;
}

export interface ComponentInfo {
  readonly name: string;
  readonly type: string;
}

/** Names of one HL7 version. All answers are `undefined` for what the version does not know. */
export interface Dictionary {
  readonly version: string;
  segmentName(segment: string): string | undefined;
  /** How many fields the segment has. */
  fieldCount(segment: string): number | undefined;
  fieldInfo(segment: string, field: number): FieldInfo | undefined;
  /** The components of a data type in order; none where it is not divided. */
  componentsOf(type: string): readonly ComponentInfo[];
}

export function dictionaryFrom({ version, segments, types }: Pack): Dictionary {
  const segmentOf = (name: string) => (Object.hasOwn(segments, name) ? segments[name] : undefined);
  return {
    version,
    segmentName: (segment) => segmentOf(segment)?.[0],
    fieldCount: (segment) => segmentOf(segment)?.[1].length,
    fieldInfo: (segment, field) => {
      const row = segmentOf(segment)?.[1][field - 1];
      if (!row) return undefined;
      const [name, type, optionality, repetitions, length, table] = row;
      return { name, type, optionality, repetitions: limit(repetitions), length: limit(length), table };
    },
    componentsOf: (type) => {
      const row = Object.hasOwn(types, type) ? types[type] : undefined;
      return (row?.[1] ?? []).map(([name, componentType]) => ({ name, type: componentType }));
    },
  };
}

function limit(number: number): number {
  return number === 0 ? Number.POSITIVE_INFINITY : number;
}

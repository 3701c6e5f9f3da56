/** The shape of the generated files: arrays, since member names would make up half of them. */
export interface Pack {
  readonly notice: string;
  readonly version: string;
  readonly segments: Readonly<Record<string, SegmentRow>>;
  readonly types: Readonly<Record<string, TypeRow>>;
}

/** R required, O optional, C conditional, B kept for older versions only. */
export type Optionality = 'R' | 'O' | 'C' | 'B';

/** Name and fields. */
type SegmentRow = readonly [name: string, fields: readonly FieldRow[]];

export type FieldRow = readonly [
  name: string,
  type: string,
  optionality: Optionality,
  /** 0: without limit. */
  repetitions: number,
  /** 0: without limit. */
  length: number,
  table?: number,
];

/** Name and components; none for a type that is not divided. */
export type TypeRow = readonly [name: string, components: readonly (readonly [name: string, type: string])[]];

/** Name and structure in one line. */
export type MessageRow = readonly [name: string, structure: string];

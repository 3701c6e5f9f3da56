/** Data types of HL7 2.5 (chapter 2.A), and two uses of plain strings. A repeated field has the type of its repetitions. */
export type FieldType =
  | 'CX'
  | 'DLN'
  | 'TS'
  | 'XAD'
  | 'XCN'
  | 'XON'
  | 'XPN'
  | 'XTN'
  | 'IDENTIFIER'
  | 'COUNTY'
  | 'BIRTHPLACE';

/** Names, births, addresses, phones, identifiers, account and social-security numbers, and doctors (hl7.md 2.1). */
const IDENTIFYING: Readonly<Record<string, Partial<Record<FieldType, readonly number[]>>>> = {
  PID: {
    CX: [2, 3, 4, 18, 21],
    XPN: [5, 6, 9],
    TS: [7, 29],
    XAD: [11],
    COUNTY: [12],
    XTN: [13, 14],
    IDENTIFIER: [19],
    DLN: [20],
    BIRTHPLACE: [23],
  },
  NK1: {
    XPN: [2, 26, 30],
    XAD: [4, 32],
    XTN: [5, 6, 31],
    CX: [12, 33],
    TS: [16],
    IDENTIFIER: [37],
    BIRTHPLACE: [38],
  },
  GT1: {
    CX: [2, 19],
    XPN: [3, 4, 16, 42, 45],
    XAD: [5, 17],
    XTN: [6, 7, 18, 46],
    TS: [8],
    IDENTIFIER: [12],
    BIRTHPLACE: [56],
  },
  IN1: {
    XPN: [6, 16],
    XTN: [7],
    IDENTIFIER: [8, 36],
    CX: [10, 49],
    XON: [11],
    TS: [18],
    XAD: [19, 44],
    BIRTHPLACE: [52],
  },
  PV1: { XCN: [7, 8, 9, 17, 52], CX: [19, 50] },
};

const BY_SEGMENT: ReadonlyMap<string, ReadonlyMap<number, FieldType>> = new Map(
  Object.entries(IDENTIFYING).map(([segment, types]) => [
    segment,
    new Map(
      Object.entries(types).flatMap(([type, fields]) => fields.map((field) => [field, type as FieldType])),
    ),
  ]),
);

/** By number, the fields of a segment that may tell who somebody is, each with what it holds. */
export function identifyingFields(segment: string): ReadonlyMap<number, FieldType> | undefined {
  return BY_SEGMENT.get(segment);
}

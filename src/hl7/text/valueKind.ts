import type { FieldType } from './identifyingFields.ts';

/** What a value in an identifying field is. */
export type ValueKind =
  | 'family'
  | 'given'
  | 'title'
  | 'street'
  | 'town'
  | 'region'
  | 'postcode'
  | 'organisation'
  | 'identifier'
  | 'universalId'
  | 'number'
  | 'phone'
  | 'mail'
  | 'date'
  | 'code'
  | 'text';

/** HD is itself divided: a name, a universal id, and the type of that. */
const AUTHORITY = ['organisation', 'universalId', 'code'] as const;

/** Components in their order (HL7 2.5, chapter 2.A). */
const COMPONENTS: Readonly<Record<FieldType, readonly (ValueKind | typeof AUTHORITY)[]>> = {
  CX: ['identifier', 'number', 'code', AUTHORITY, 'code', AUTHORITY, 'date', 'date'],
  DLN: ['identifier', 'region', 'date'],
  TS: ['date', 'code'],
  XAD: [
    ...(['street', 'street', 'town', 'region', 'postcode', 'region', 'code', 'region', 'region'] as const),
    ...(['text', 'code', 'date', 'date', 'date'] as const),
  ],
  XCN: [
    ...(['identifier', 'family', 'given', 'given', 'title', 'title', 'title', 'code', AUTHORITY] as const),
    ...(['code', 'number', 'code', 'code', AUTHORITY, 'code', 'text', 'date', 'code'] as const),
    ...(['date', 'date', 'title'] as const),
  ],
  XON: [
    ...(['organisation', 'code', 'number', 'number', 'code', AUTHORITY, 'code', AUTHORITY] as const),
    ...(['code', 'identifier'] as const),
  ],
  XPN: [
    ...(['family', 'given', 'given', 'title', 'title', 'title', 'code', 'code', 'text', 'date'] as const),
    ...(['code', 'date', 'date', 'title', 'given'] as const),
  ],
  XTN: [
    ...(['phone', 'code', 'code', 'mail', 'number', 'number', 'number', 'number'] as const),
    ...(['text', 'number', 'text', 'phone'] as const),
  ],
  IDENTIFIER: ['identifier'],
  COUNTY: ['region'],
  BIRTHPLACE: ['town'],
};

/** What stands at a place of such a field. Undivided levels are left out, as in a position. */
export function kindAt(
  type: FieldType,
  { component = 1, subcomponent = 1 }: { component?: number; subcomponent?: number },
): ValueKind {
  const kind = COMPONENTS[type][component - 1] ?? 'text';
  return typeof kind === 'string' ? kind : (kind[subcomponent - 1] ?? 'text');
}

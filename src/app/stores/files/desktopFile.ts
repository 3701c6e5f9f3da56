import * as z from 'zod/mini';
import type { Foreign, ForeignContext } from '../../../bundle/domain.ts';
import { messageTypeOf } from '../../../hl7/index.ts';
import type { Json } from '../../../vault/types.ts';

/** No segment of HL7 has so many fields: a position beyond it is a fault of the file. */
const MAX_POSITION = 1_000;
const USUAL_ENCODING = '^~\\&';

const Field = z.looseObject({
  Position: z.int().check(z.minimum(1), z.maximum(MAX_POSITION)),
  IsEditable: z.optional(z.boolean()),
  IsRequired: z.optional(z.boolean()),
  DefaultValue: z.optional(z.nullable(z.string())),
});
const DesktopFile = z.looseObject({
  Name: z.string(),
  Segments: z.array(z.looseObject({ Name: z.string(), Fields: z.array(Field) })),
});
type Segment = z.infer<typeof DesktopFile>['Segments'][number];

/** A file of the desktop ancestor (`*.hl7t.json`, hl7.md 4) as one template. */
export async function readDesktopFile(
  value: Json,
  { now, idFor }: ForeignContext,
): Promise<Foreign | undefined> {
  const read = DesktopFile.safeParse(value);
  if (!read.success) return undefined;
  const { Name: name, Segments: segments } = read.data;
  const content = segments.map(lineOf).join('\r');
  const template = {
    id: await idFor(value),
    name,
    description: '',
    messageType: messageTypeOf(content),
    content,
    createdAt: now,
    // What the ancestor knew of each field, kept for whoever needs it.
    desktopSegments: (value as { Segments: Json }).Segments,
  };
  const row = { kind: 'sound', id: template.id, data: template } as const;
  return { origin: 'desktop-file', store: 'templates', rows: [row] };
}

/** Default values stand as wire text at their positions; gaps are empty. */
function lineOf({ Name: name, Fields: fields }: Segment): string {
  const values = new Map(fields.map(({ Position, DefaultValue }) => [Position, DefaultValue ?? '']));
  const separator = (name === 'MSH' && values.get(1)) || '|';
  const isHeader = name === 'MSH';
  if (isHeader && !values.get(2)) values.set(2, USUAL_ENCODING);
  const last = Math.max(0, ...values.keys());
  const first = isHeader ? 2 : 1;
  const wires = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => values.get(first + i) ?? '');
  return [name, ...wires].join(separator);
}

import * as z from 'zod/mini';
import type { BundleStore, Remark, SeedReading } from '../../../bundle/domain.ts';
import { parse, withTestValues } from '../../../hl7/index.ts';
import type { Json } from '../../../vault/types.ts';
import { SerializationState } from '../serializationState.ts';
import { patientLikePlaces, replacingIn } from './patientLike.ts';
import { whereRefused } from './schemaPath.ts';

const { instances: Instances } = SerializationState.shape;

/** What the earlier app kept (hl7.md 3.2). All of it stays in the record, also what can be derived. */
const Legacy = z.looseObject({
  instances: Instances,
  selectedTemplateId: z.nullable(z.string()),
  currentTemplateContent: z.string(),
  parsedSegments: z.array(z.unknown()),
  uniqueVariables: z.array(z.unknown()),
  viewMode: z.enum(['variables-only', 'all-fields']),
});

/** Declared once, never written: its members are kept as they are. */
const Placeholder = z.strictObject({
  instances: z.exactOptional(z.unknown()),
  variables: z.exactOptional(z.unknown()),
  lastUpdated: z.exactOptional(z.unknown()),
});

/** So many fit on the page as cards. */
const MAX_INSTANCES = 20;
/** Of the earlier app: values in shapes that nobody reads any more. Nothing can be replaced in them, so they stay behind. */
const UNCHECKED: ReadonlySet<string> = new Set(['parsedSegments', 'legacyInstances', 'variables']);
/** Where no template was selected. */
const NO_TEMPLATE = 'legacy';

/** What files have to know of what was filled in on the serialize page. */
export const serializationInFiles: BundleStore = {
  version: 1,
  isSound: (data, version) => version !== 1 || whereRefused(SerializationState, data) === undefined,
  whereUnsound: (data, version) => (version === 1 ? whereRefused(SerializationState, data) : undefined),
  fromSeed(data): SeedReading {
    if (Placeholder.safeParse(data).success) return fromPlaceholder(data as { [member: string]: Json });
    const at = whereRefused(Legacy, data);
    if (at !== undefined) return { kind: 'unsound', at };
    const legacy = data as unknown as z.infer<typeof Legacy>;
    const templateId = legacy.selectedTemplateId ?? '';
    const own = { templateId, templateRev: 0, templateContent: legacy.currentTemplateContent };
    const row = { ...own, ...(data as { [member: string]: Json }) };
    return { kind: 'rows', rows: [{ kind: 'sound', id: templateId || NO_TEMPLATE, data: row }] };
  },
  remarks(data) {
    const { instances } = data as unknown as SerializationState;
    const remarks: Remark[] = [];
    if (instances.length > MAX_INSTANCES) remarks.push({ code: 'too-many', at: 'instances' });
    if (new Set(instances.map(({ id }) => id)).size < instances.length)
      remarks.push({ code: 'duplicate-id', at: 'instances' });
    return remarks;
  },
  refersTo(data) {
    const { templateId } = data as unknown as SerializationState;
    return templateId === '' ? undefined : { store: 'templates', id: templateId };
  },
  patientLike(data) {
    const { instances, templateContent } = data as unknown as SerializationState;
    const values = instances.map(({ variableValues }) => variableValues);
    const places = patientLikePlaces(parse(templateContent), values);
    const copy = copyIn(data);
    return copy === undefined ? places : [...new Set([...places, ...patientLikePlaces(parse(copy), values)])];
  },
  withTestValues(data, numberOf) {
    const { instances, templateContent, ...others } = data as unknown as SerializationState;
    const template = parse(templateContent);
    const replace = replacingIn(template, numberOf);
    const copy = copyIn(data);
    const made = {
      ...others,
      templateContent: withTestValues(template, numberOf),
      instances: instances.map((one) => ({
        ...one,
        variableValues: Object.fromEntries(
          Object.entries(one.variableValues).map(([id, value]) => [id, replace(id, value)]),
        ),
      })),
      ...(copy !== undefined && { currentTemplateContent: withTestValues(parse(copy), numberOf) }),
    };
    const kept = Object.entries(made).filter(([member]) => !UNCHECKED.has(member));
    return Object.fromEntries(kept) as { [member: string]: Json };
  },
};

/** What the earlier app kept beside: the same text once more. */
function copyIn(data: Json): string | undefined {
  const { currentTemplateContent: copy } = data as { [member: string]: Json };
  return typeof copy === 'string' ? copy : undefined;
}

function fromPlaceholder(raw: { [member: string]: Json }): SeedReading {
  const isUsable = Instances.safeParse(raw.instances).success;
  const own = { templateId: '', templateRev: 0, templateContent: '', viewMode: 'variables-only' };
  const data = isUsable
    ? { ...own, ...raw }
    : { ...own, ...raw, instances: [], legacyInstances: raw.instances ?? null };
  const remarks: Remark[] = [{ code: 'old-shape', at: '' }];
  return { kind: 'rows', rows: [{ kind: 'sound', id: NO_TEMPLATE, data, remarks }] };
}

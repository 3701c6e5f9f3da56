import * as z from 'zod/mini';
import { SerializationState } from '../../src/app/stores/serializationState.ts';
import { Settings } from '../../src/app/stores/settings.ts';
import { Template } from '../../src/app/stores/templates.ts';
import { ExportedPart, ExportedRecord, ExportFile, LockedFile } from '../../src/bundle/format.ts';

const Draft = z.looseObject({ store: z.string(), id: z.string(), data: z.json() });

const stores = {
  drafts: Draft,
  serializationState: SerializationState,
  settings: Settings,
  templates: Template,
};

/** The JSON Schema of our export files, from the schemas that read them. */
export function exportSchema(): object {
  const parts = Object.entries(stores).map(([store, data]) => {
    const record = z.looseObject({ ...ExportedRecord.shape, data, store: z.literal(store) });
    return [store, z.exactOptional(z.looseObject({ ...ExportedPart.shape, data: z.array(record) }))] as const;
  });
  const open = z.looseObject({
    ...ExportFile.shape,
    application: z.literal('hl7-helper-web'),
    data: z.looseObject(Object.fromEntries(parts)),
  });
  return z.toJSONSchema(z.union([open, LockedFile]));
}

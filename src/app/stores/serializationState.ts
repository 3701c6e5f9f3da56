import * as z from 'zod/mini';
import { defineStore } from '../../client/store.ts';

const Instance = z.looseObject({
  id: z.string(),
  name: z.string(),
  variableValues: z.record(z.string(), z.string()),
  createdAt: z.number(),
  isExpanded: z.boolean(),
});

/** What was filled in for one template (hl7.md 3.2); one record a template. What can be derived is not stored. */
export const SerializationState = z.looseObject({
  templateId: z.string(),
  templateRev: z.number(),
  templateContent: z.string(),
  instances: z.array(Instance),
  viewMode: z.string(),
});
export type SerializationState = z.infer<typeof SerializationState>;

export const serializationState = defineStore('serializationState', {
  schema: SerializationState,
  version: 1,
  idOf: ({ templateId }) => templateId,
});

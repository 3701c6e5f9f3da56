import * as z from 'zod/mini';
import { defineStore } from '../../client/store.ts';

/**
 * One template (hl7.md 3.1): five strings and a date, as the earlier app wrote it, and optional members of ours.
 * Members that are not known here are kept, whoever wrote them (B28).
 */
export const Template = z.looseObject({
  id: z.string(),
  /** May be empty in a draft; the form asks for it before it is saved. */
  name: z.string(),
  description: z.string(),
  /** As `ADT-A01`; read from the content unless the person chose another. */
  messageType: z.string(),
  /** Wire text, byte for byte as given, with its own line ends. */
  content: z.string(),
  /** Milliseconds since 1970; 0 is legal. Never changes after creation. */
  createdAt: z.number(),
  updatedAt: z.exactOptional(z.number()),
  tags: z.exactOptional(z.array(z.string())),
  variables: z.exactOptional(
    z.record(
      z.string(),
      z.looseObject({
        label: z.exactOptional(z.string()),
        default: z.exactOptional(z.string()),
        generator: z.exactOptional(z.json()),
      }),
    ),
  ),
});
export type Template = z.infer<typeof Template>;

export const templates = defineStore('templates', { schema: Template, version: 1, drafts: true });

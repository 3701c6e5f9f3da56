import * as z from 'zod/mini';

/** What our load validates each record against. */
export const templateSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  messageType: z.string(),
  content: z.string(),
  tags: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const settingsSchema = z.looseObject({
  theme: z.string(),
  fontSize: z.number(),
  favourites: z.array(z.string()),
  edits: z.number(),
});

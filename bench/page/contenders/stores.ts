import * as z from 'zod/mini';
import { defineStore } from '../../../src/client/store.ts';

/** What each record is validated against. */
export const Template = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  messageType: z.string(),
  content: z.string(),
  tags: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const templates = defineStore('templates', { version: 1, schema: Template });

export const settings = defineStore('settings', {
  version: 1,
  schema: z.looseObject({
    theme: z.string(),
    fontSize: z.number(),
    favourites: z.array(z.string()),
    edits: z.number(),
  }),
});
export const SETTINGS_ID = 'settings';

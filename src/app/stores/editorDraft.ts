import * as z from 'zod/mini';
import { defineStore } from '../../client/store.ts';

/** What the editor page holds. Never saved as a record: it lives among the drafts, one for each open tab. */
export const EditorDraft = z.looseObject({
  /** Wire text, byte for byte. */
  text: z.string(),
  /** Whether it was changed since it was opened, pasted or loaded; decides the line end of a copy (hl7.md 5.8). */
  isEdited: z.boolean(),
});
export type EditorDraft = z.infer<typeof EditorDraft>;

export const editorDraft = defineStore('editor', { schema: EditorDraft, version: 1, drafts: true });

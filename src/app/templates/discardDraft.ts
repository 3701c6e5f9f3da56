import type { Persistence } from '../../client.ts';
import { type Template, templates } from '../stores/templates.ts';
import { notifyUndoable } from '../ui/toasts.ts';
import { say } from '../words/say.ts';
import { createTemplate } from './createTemplate.ts';

/** Takes a draft away so that nothing of it is left, and offers it back once (hl7.md 2.3). */
export async function discardDraft(persistence: Persistence, id: string, data: Template): Promise<void> {
  await persistence.discard(templates, id);
  const isBlank = data.name.trim() === '' && data.content.trim() === '' && data.description.trim() === '';
  if (isBlank) return;
  notifyUndoable(say('drafts.discarded'), () => createTemplate(persistence, data));
}

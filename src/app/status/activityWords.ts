import type { CommitSummary } from '../../vault/contract.ts';
import { editorDraft } from '../stores/editorDraft.ts';
import { settings } from '../stores/settings.ts';
import { templates } from '../stores/templates.ts';
import { say } from '../words/say.ts';

/**
 * What a commit was, in words; `null` for what is no one's business: the text in the editor has an undo of its own.
 * Labels that a person's action gave are in words already.
 */
export function activityWords({ kind, label, changes }: CommitSummary): string | null {
  if (label === editorDraft.name) return null;
  if (label === settings.name) return say('activity.settings');
  if (label !== templates.name) return kind === 'undo' ? say('activity.undone', { what: label }) : label;
  return kind === 'undo'
    ? say('activity.undoneTemplates', { count: changes })
    : say('activity.templates', { count: changes });
}

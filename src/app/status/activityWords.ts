import type { CommitSummary } from '../../vault/contract.ts';
import { editorDraft } from '../stores/editorDraft.ts';
import { settings } from '../stores/settings.ts';
import { templates } from '../stores/templates.ts';
import { sayActivity } from '../words/sayActivity.ts';

/** What the machines call what they write; a person's own actions bring words along. */
const MADE_BY_MACHINES = {
  point: 'activity.restored',
  newest: 'activity.restored',
  rescue: 'activity.rescued',
  empty: 'activity.startedEmpty',
  writtenBack: 'activity.writtenBack',
  import: 'activity.imported',
  journal: 'activity.journal',
  '': 'activity.cleared',
} as const;

/**
 * What a commit was, in words; `null` for what is no one's business: the text in the editor has an undo of its own.
 */
export function activityWords({ kind, label, changes }: CommitSummary): string | null {
  if (label === editorDraft.name) return null;
  if (kind === 'migrate') return sayActivity('activity.updated', { count: changes });
  const words = isMadeByMachine(label) ? sayActivity(MADE_BY_MACHINES[label]) : storeWords(label, changes);
  if (kind !== 'undo') return words;
  return label === templates.name
    ? sayActivity('activity.undoneTemplates', { count: changes })
    : sayActivity('activity.undone', { what: words });
}

function storeWords(label: string, changes: number): string {
  if (label === settings.name) return sayActivity('activity.settings');
  return label === templates.name ? sayActivity('activity.templates', { count: changes }) : label;
}

function isMadeByMachine(label: string): label is keyof typeof MADE_BY_MACHINES {
  return Object.hasOwn(MADE_BY_MACHINES, label);
}

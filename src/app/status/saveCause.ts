import type { SaveFinding } from '../../../machines/types.ts';
import type { Store } from '../../client/store.ts';
import type { Persistence } from '../../client.ts';
import { editorDraft } from '../stores/editorDraft.ts';
import { SETTINGS_ID, settings } from '../stores/settings.ts';
import { templates } from '../stores/templates.ts';
import { say } from '../words/say.ts';

/** Why something is not saved, of the first document that knows; `null` when none does. Nothing is guessed (ux 3.1). */
export function saveCause(persistence: Persistence): SaveFinding | null {
  return (
    causeIn(persistence, templates) ??
    causeIn(persistence, editorDraft) ??
    findingOf(persistence, settings, SETTINGS_ID)
  );
}

/** The cause in words; empty when it is not known. */
export function causeWords(finding: SaveFinding | null): string {
  if (!finding) return '';
  switch (finding.code) {
    case 'full':
      return say('cause.full');
    case 'conflicted':
      return say('cause.conflicted');
    case 'refused':
      return say('cause.refused');
    case 'unsure':
      return say('cause.unsure');
    case 'failed':
      return say('cause.failed', { name: finding.platformName ?? finding.class });
  }
}

function causeIn<T>(persistence: Persistence, store: Store<T>): SaveFinding | null {
  const view = persistence.records(store).getSnapshot();
  const unsaved = view.kind === 'ready' ? view.records.filter((record) => record.isUnsaved) : [];
  for (const { id } of unsaved) {
    const finding = findingOf(persistence, store, id);
    if (finding) return finding;
  }
  return null;
}

function findingOf<T>(persistence: Persistence, store: Store<T>, id: string): SaveFinding | null {
  const view = persistence.document(store, id).getSnapshot();
  return view.kind === 'open' ? view.finding : null;
}

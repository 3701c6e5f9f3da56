import type { RecordView } from '../../client/types.ts';
import type { Persistence } from '../../client.ts';
import { undoCommit } from '../status/undoCommit.ts';
import { type Template, templates } from '../stores/templates.ts';
import { notifyFailure, notifyUndoable } from '../ui/toasts.ts';
import { say } from '../words/say.ts';

/**
 * Deletes a template without asking, and offers the way back; it also waits in Activity. If nothing was written,
 * that is said and the template is still there.
 */
export async function deleteTemplate(
  persistence: Persistence,
  { id, data }: Pick<RecordView<Template>, 'id' | 'data'>,
): Promise<boolean> {
  // A person pointed at this one template: that is the consent a shrinking library asks for.
  const result = await persistence.remove(templates, [id], { agreed: true, label: say('activity.deleted') });
  if (result.kind === 'notCommitted') {
    notifyFailure(say('templates.deleteFailed', { name: data.name }), `delete ${id}`);
    return false;
  }
  if (result.kind === 'committed') {
    notifyUndoable(
      say('templates.deleted', { name: data.name }),
      () => undoCommit(persistence, result.commitId),
      result.commitId,
    );
  }
  return true;
}

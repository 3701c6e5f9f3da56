import type { Persistence } from '../../client.ts';
import { notify, notifyFailure } from '../ui/toasts.ts';
import { say } from '../words/say.ts';

/** Undoes a commit and says what came of it. What was changed since is left as it is. */
export async function undoCommit(
  persistence: Persistence,
  commitId: string,
  options: { agreed?: boolean } = {},
): Promise<void> {
  const result = await persistence.undo(commitId, options);
  switch (result.kind) {
    case 'committed':
      return notify({ id: commitId, text: say('undo.done') });
    case 'nothing':
    case 'absorbed':
      return notify({ id: commitId, text: say('undo.nothing') });
    case 'touched':
      return notify({
        id: commitId,
        text: say('undo.touched', { count: result.touched.length }),
        action: {
          label: say('undo.rest'),
          act: () => undoCommit(persistence, commitId, { agreed: true }),
        },
      });
    case 'unknown':
      return notifyFailure(say('undo.unknown'), commitId);
    case 'notCommitted':
      return notifyFailure(say('undo.failed'), commitId);
  }
}

import type { PersistenceStatus, Status } from '../../react/index.ts';
import { say } from '../words/say.ts';

/** The words of the pill (ux 4.2). */
export function statusWords(status: Status & Pick<PersistenceStatus, 'durability'>): string {
  switch (status.key) {
    case 'attention':
      return say('status.attention');
    case 'notSaved':
      return say('status.notSaved');
    case 'notSavedRetrying':
      return say('status.notSavedRetrying');
    case 'memoryOnly':
      return say('status.memoryOnly');
    case 'conflict':
      return say('status.conflict', { count: status.conflicts });
    case 'spaceFull':
      return say('status.spaceFull');
    case 'spaceNear':
      return say('status.spaceNear');
    case 'updating':
      return say('status.updating');
    case 'saving':
      return say('status.saving');
    case 'edited':
      return say('status.edited');
    case 'backupFailed':
      return say('status.backupFailed');
    case 'offline':
      return say('status.offline');
    case 'backingUp':
      return say('status.backingUp');
    case 'backedUp':
      return say('status.backedUp');
    case 'saved':
      return say(status.durability === 'eventual' ? 'status.savedSoon' : 'status.saved');
    case 'loading':
      return say('status.loading');
  }
}

import type { Tag } from '../../machines/types.ts';

/** How full the space is; what is not known is not zero. */
export type SpaceLevel = 'unknown' | 'ok' | 'near' | 'full';

export type StatusKey =
  | 'attention'
  | 'notSaved'
  | 'notSavedRetrying'
  | 'memoryOnly'
  | 'conflict'
  | 'spaceFull'
  | 'spaceNear'
  | 'updating'
  | 'saving'
  | 'edited'
  | 'backupFailed'
  | 'offline'
  | 'backingUp'
  | 'backedUp'
  | 'saved'
  | 'loading';

/** The pill in the header, as data (ux 4.2). The words for each key are the app's. */
export interface Status {
  readonly key: StatusKey;
  readonly tone: 'amber' | 'red' | 'blue' | 'grey' | 'green';
  readonly icon: 'warning' | 'spinner' | 'dot' | 'check' | 'none';
  /** How a screen reader hears of it, once. */
  readonly announce: 'assertive' | 'polite' | 'no';
  /** Documents in conflict. */
  readonly conflicts: number;
}

/**
 * The one pure function behind the pill: the highest row wins, over the tags of all living actors and the space level.
 * `unsaved` outranks everything green.
 *
 * @param actors  the tags of each living actor
 */
export function statusOf(actors: readonly ReadonlySet<Tag>[], space: SpaceLevel): Status {
  const any = (tag: Tag) => actors.some((tags) => tags.has(tag));
  const both = (first: Tag, second: Tag) => actors.some((tags) => tags.has(first) && tags.has(second));
  const conflicts = actors.filter((tags) => tags.has('conflict')).length;
  const row = (
    key: StatusKey,
    tone: Status['tone'],
    icon: Status['icon'],
    announce: Status['announce'] = 'no',
  ): Status => ({ key, tone, icon, announce, conflicts });

  if (any('blocking') || both('needs-user', 'read-only')) {
    return row('attention', 'amber', 'warning', 'assertive');
  }
  if (both('save-error', 'needs-user')) return row('notSaved', 'red', 'warning', 'assertive');
  if (any('save-error')) return row('notSavedRetrying', 'red', 'warning', 'assertive');
  if (any('memory-only')) return row('memoryOnly', 'amber', 'warning', 'assertive');
  if (conflicts > 0) return row('conflict', 'amber', 'warning', 'polite');
  if (space === 'full') return row('spaceFull', 'red', 'warning', 'polite');
  if (space === 'near') return row('spaceNear', 'amber', 'warning', 'polite');
  if (any('migrating') || any('applying') || any('rolling-back')) {
    return row('updating', 'blue', 'spinner', 'polite');
  }
  if (any('saving')) return row('saving', 'grey', 'spinner');
  if (any('unsaved')) return row('edited', 'grey', 'dot');
  if (any('sync-error')) return row('backupFailed', 'amber', 'warning', 'polite');
  if (any('offline')) return row('offline', 'grey', 'none', 'polite');
  if (any('syncing')) return row('backingUp', 'grey', 'none');
  if (any('synced')) return row('backedUp', 'green', 'check');
  if (any('saved')) return row('saved', 'green', 'check');
  return row('loading', 'grey', 'none');
}

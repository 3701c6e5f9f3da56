import { describe, expect, it } from 'vitest';
import type { Tag } from '../../machines/types.ts';
import { type SpaceLevel, type StatusKey, statusOf } from '../../src/client/statusOf.ts';

const tags = (...names: Tag[]): ReadonlySet<Tag> => new Set(names);

/** The table of ux 4.2, from the highest row down; each row with tags of every lower one beside it. */
const ROWS: [StatusKey, ReadonlySet<Tag>, tone: string, announce: string, space?: SpaceLevel][] = [
  ['attention', tags('blocking'), 'amber', 'assertive'],
  ['attention', tags('needs-user', 'read-only'), 'amber', 'assertive'],
  ['notSaved', tags('save-error', 'needs-user'), 'red', 'assertive'],
  ['notSavedRetrying', tags('save-error'), 'red', 'assertive'],
  ['memoryOnly', tags('memory-only'), 'amber', 'assertive'],
  ['conflict', tags('conflict'), 'amber', 'polite'],
  ['spaceFull', tags(), 'red', 'polite', 'full'],
  ['spaceNear', tags(), 'amber', 'polite', 'near'],
  ['updating', tags('migrating'), 'blue', 'polite'],
  ['updating', tags('applying'), 'blue', 'polite'],
  ['updating', tags('rolling-back'), 'blue', 'polite'],
  ['saving', tags('saving'), 'grey', 'no'],
  ['edited', tags('unsaved'), 'grey', 'no'],
  ['backupFailed', tags('sync-error'), 'amber', 'polite'],
  ['offline', tags('offline'), 'grey', 'polite'],
  ['backingUp', tags('syncing'), 'grey', 'no'],
  ['backedUp', tags('synced'), 'green', 'no'],
  ['saved', tags('saved'), 'green', 'no'],
];

describe('The pill', () => {
  it.each(ROWS.map((row, index) => [row[0], row, index] as const))(
    '%s wins over every row below it',
    (key, row, index) => {
      const [, own, tone, announce, space = 'ok'] = row;
      const below = ROWS.slice(index + 1).filter(([, , , , level]) => level === undefined);
      const others = below.filter(([other]) => other !== key).map(([, each]) => each);
      expect(statusOf([own, ...others], space)).toMatchObject({ key, tone, announce });
      expect(statusOf([...others, own], space).key).toBe(key);
    },
  );

  it('needs both tags in one actor to say that someone must act', () => {
    expect(statusOf([tags('needs-user'), tags('read-only'), tags('saved')], 'ok').key).toBe('saved');
    expect(statusOf([tags('save-error'), tags('needs-user')], 'ok').key).toBe('notSavedRetrying');
  });

  it('is never green while anything is unsaved', () => {
    const all = ROWS.map(([, each]) => each);
    for (const each of all) expect(statusOf([each, tags('unsaved')], 'ok').tone).not.toBe('green');
  });

  it('counts conflicts, and says nothing good of nothing', () => {
    expect(statusOf([tags('conflict'), tags('conflict')], 'ok').conflicts).toBe(2);
    expect(statusOf([], 'unknown').key).toBe('loading');
    expect(statusOf([tags('busy', 'loading')], 'unknown').tone).toBe('grey');
  });
});

import { expect, test } from 'vitest';
import { activityWords } from '../../src/app/status/activityWords.ts';
import type { CommitSummary } from '../../src/vault/contract.ts';

const commit = (patch: Partial<CommitSummary>): CommitSummary => ({
  id: 'c',
  seq: 1,
  at: '2026-03-01T09:00:00.000Z',
  kind: 'save',
  label: 'templates',
  undoes: null,
  changes: 2,
  ...patch,
});

test.each<[Partial<CommitSummary>, string | null]>([
  [{}, 'Changed 2 templates'],
  [{ label: 'settings' }, 'Changed the settings'],
  [{ label: 'editor' }, null],
  [{ label: 'Deleted a template', kind: 'delete' }, 'Deleted a template'],
  [{ kind: 'undo' }, 'Undone: a change of 2 templates'],
  [{ kind: 'undo', label: 'settings' }, 'Undone: Changed the settings'],
  [{ kind: 'restore', label: 'point' }, 'Went back to a backup'],
  [{ kind: 'undo', label: 'point' }, 'Undone: Went back to a backup'],
  [{ kind: 'restore', label: 'rescue' }, 'Rescued what could be read'],
  [{ kind: 'clear', label: 'empty' }, 'Started with an empty library'],
  [{ kind: 'restore', label: 'writtenBack' }, 'Wrote everything back'],
  [{ kind: 'migrate', label: '2 records' }, 'Updated 2 records'],
])('a commit %o is shown as “%s”', (patch, words) => {
  expect(activityWords(commit(patch))).toBe(words);
});

import type { Conflict, ConflictDraft } from '../../../../machines/conflicts.types.ts';
import type { FieldRow, Side } from '../fileTypes.ts';

/** The side that a row is taken from; `undefined` while a person has to say. */
export function sideOf({ picks }: ConflictDraft, key: string, { path, changed }: FieldRow): Side | undefined {
  return picks.get(key)?.get(path) ?? (changed === 'both' ? undefined : changed);
}

/** Rows that a merge cannot do without a word about. */
export function openRows(draft: ConflictDraft, { key, rows }: Conflict): readonly FieldRow[] {
  return rows.filter((row) => sideOf(draft, key, row) === undefined);
}

export function isDecided(draft: ConflictDraft, conflict: Conflict): boolean {
  const decision = draft.decisions.get(conflict.key);
  return decision === 'merge' ? openRows(draft, conflict).length === 0 : decision !== undefined;
}

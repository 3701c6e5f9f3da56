import type {
  ComparedRecord,
  Conflict,
  ConflictDraft,
  MergedRecord,
} from '../../../../machines/conflicts.types.ts';
import type { Side } from '../fileTypes.ts';
import { sideOf } from './open.ts';

/** What a merge would be, as far as sides are picked. */
export interface MergeState {
  /** Places taken from each side, and those that need one. */
  readonly first: number;
  readonly second: number;
  readonly open: number;
  /** Why it would not be accepted, as the machine will say it; `null` where nothing is known against it. */
  readonly fault: string | null;
  /** `null` while nobody has looked closely at the record. */
  readonly merged: MergedRecord | null;
}

const NO_PICKS: ReadonlyMap<string, Side> = new Map();

export function mergeState(
  draft: ConflictDraft,
  conflict: Conflict,
  record: ComparedRecord | null,
): MergeState {
  const sides = conflict.rows.map((row) => sideOf(draft, conflict.key, row));
  const countOf = (side: (typeof sides)[number]) => sides.filter((one) => one === side).length;
  const merged = record?.merge(draft.picks.get(conflict.key) ?? NO_PICKS) ?? null;
  const fault = merged === null || merged.fault === 'undecided' ? null : merged.fault;
  return { first: countOf('first'), second: countOf('second'), open: countOf(undefined), fault, merged };
}

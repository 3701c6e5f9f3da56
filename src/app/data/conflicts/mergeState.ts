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
  /** By path, the side that a place is taken from. Those that still need one are not in it. */
  readonly taken: ReadonlyMap<string, Side>;
  /** How many places are taken from each side, and how many need one. */
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
  { key, rows }: Conflict,
  record: ComparedRecord | null,
): MergeState {
  const taken = new Map(
    rows.flatMap((row) => {
      const side = sideOf(draft, key, row);
      return side ? [[row.path, side] as const] : [];
    }),
  );
  const first = [...taken.values()].filter((side) => side === 'first').length;
  const merged = record?.merge(draft.picks.get(key) ?? NO_PICKS) ?? null;
  const fault = merged === null || merged.fault === 'undecided' ? null : merged.fault;
  return { taken, first, second: taken.size - first, open: rows.length - taken.size, fault, merged };
}

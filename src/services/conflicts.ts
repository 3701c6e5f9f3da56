import type {
  ComparedRecord,
  Comparison,
  Conflict,
  ConflictDraft,
  ConflictSides,
  MergeCheck,
} from '../../machines/conflicts.types.ts';
import { sizeHint } from '../bundle/batches.ts';
import { isAlikeIn } from '../bundle/compareFields.ts';
import type { BundleStore } from '../bundle/domain.ts';
import { createPace } from '../bundle/pace.ts';
import type { Json } from '../vault/types.ts';
import { comparedRecord } from './importing/comparedRecord.ts';
import type { ImportHands } from './importing/hands.ts';
import { inSteps } from './importing/inSteps.ts';

/** Looking at a record field by field costs about as much as reading it so many times. */
const COMPARING = 8;

/** Says of each record where its two sides differ. What is the same to a person drops out. */
export async function compareRecords(
  hands: ImportHands,
  { sides }: { sides: readonly ConflictSides[] },
  signal: AbortSignal,
): Promise<Comparison> {
  return inSteps(hands, { service: 'compareRecords', signal, characters: costOf(sides) }, async (options) => {
    const pace = createPace(options);
    const conflicts: Conflict[] = [];
    for (const one of sides) {
      const conflict = conflictIn(one, storeOf(hands, one));
      if (conflict) conflicts.push(conflict);
      if (pace.spend(costOf([one]))) await pace.rest();
    }
    return { conflicts };
  });
}

/** Makes every merged record, and holds it against its schema and against what its content must have. */
export async function checkMerged(
  hands: ImportHands,
  { sides, decisions, picks }: { sides: readonly ConflictSides[] } & ConflictDraft,
  signal: AbortSignal,
): Promise<MergeCheck> {
  return inSteps(hands, { service: 'checkMerged', signal, characters: costOf(sides) }, async (options) => {
    const pace = createPace(options);
    const merged = new Map<string, Json>();
    const faults: { key: string; why: string }[] = [];
    for (const one of sides) {
      const { key } = one;
      if (decisions.get(key) !== 'merge') continue;
      const made = comparedRecord(one, storeOf(hands, one))?.merge(picks.get(key) ?? new Map());
      if (made?.fault === null) merged.set(key, made.data);
      else faults.push({ key, why: made?.fault ?? 'not-comparable' });
      if (pace.spend(costOf([one]))) await pace.rest();
    }
    return faults.length > 0 ? { kind: 'unsound', faults } : { kind: 'sound', merged };
  });
}

/** A query of the page that shows a conflict: the same comparing and merging as in the check, for one record. */
export function compareRecord(
  hands: Pick<ImportHands, 'domain'>,
  sides: ConflictSides,
): ComparedRecord | undefined {
  return comparedRecord(sides, storeOf(hands, sides));
}

function conflictIn(
  { key, store, id, first, second, base, canKeepBoth }: ConflictSides,
  rules: BundleStore,
): Conflict | undefined {
  const named = { key, store, id };
  if (first === undefined || second === undefined) {
    if (first === second) return undefined;
    const gone = first === undefined ? 'first' : 'second';
    return { ...named, rows: [], same: 0, canMerge: false, canKeepBoth: false, gone };
  }
  if (isAlikeIn(first, second, rules)) return undefined;
  const found = comparedRecord({ first, second, base }, rules);
  const { rows, same } = found ?? { rows: [], same: 0 };
  return { ...named, rows, same, canMerge: found !== undefined, canKeepBoth, gone: null };
}

function storeOf({ domain }: Pick<ImportHands, 'domain'>, { store }: ConflictSides): BundleStore {
  const found = domain.stores.get(store);
  if (!found) throw new Error('A conflict in a store that is none');
  return found;
}

function costOf(sides: readonly ConflictSides[]): number {
  return sides.reduce((sum, { first, second }) => sum + COMPARING * (sizeHint(first) + sizeHint(second)), 0);
}

import type {
  Comparison,
  Conflict,
  ConflictDraft,
  ConflictSides,
  MergeCheck,
} from '../../machines/conflicts.types.ts';
import { sizeHint } from '../bundle/batches.ts';
import { isAlikeIn } from '../bundle/compareFields.ts';
import { createPace } from '../bundle/pace.ts';
import type { Json } from '../vault/types.ts';
import { compareRecord } from './importing/compareRecord.ts';
import type { ImportHands } from './importing/hands.ts';
import { inSteps } from './importing/inSteps.ts';
import { storeOf } from './importing/storeOf.ts';

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
      const conflict = conflictIn(hands, one);
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
      const made = compareRecord(hands, one)?.merge(picks.get(key) ?? new Map());
      if (made?.fault === null) merged.set(key, made.data);
      else faults.push({ key, why: made?.fault ?? 'not-comparable' });
      if (pace.spend(costOf([one]))) await pace.rest();
    }
    return faults.length > 0 ? { kind: 'unsound', faults } : { kind: 'sound', merged };
  });
}

function conflictIn(hands: Pick<ImportHands, 'domain'>, sides: ConflictSides): Conflict | undefined {
  const { key, store, id, first, second, canKeepBoth } = sides;
  const named = { key, store, id };
  if (first === undefined || second === undefined) {
    if (first === second) return undefined;
    const gone = first === undefined ? 'first' : 'second';
    return { ...named, rows: [], same: 0, canMerge: false, canKeepBoth: false, gone };
  }
  if (isAlikeIn(first, second, storeOf(hands, sides))) return undefined;
  const found = compareRecord(hands, sides);
  const { rows, same } = found ?? { rows: [], same: 0 };
  return { ...named, rows, same, canMerge: found !== undefined, canKeepBoth, gone: null };
}

function costOf(sides: readonly ConflictSides[]): number {
  return sides.reduce((sum, { first, second }) => sum + COMPARING * (sizeHint(first) + sizeHint(second)), 0);
}

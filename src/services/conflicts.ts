import type {
  Comparison,
  Conflict,
  ConflictDraft,
  ConflictSides,
  MergeCheck,
} from '../../machines/conflicts.types.ts';
import { sizeHint } from '../bundle/batches.ts';
import { compareFields, isAlikeIn } from '../bundle/compareFields.ts';
import type { BundleStore } from '../bundle/domain.ts';
import { createPace } from '../bundle/pace.ts';
import type { Json } from '../vault/types.ts';
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
      const made = mergedOf(one, picks.get(key) ?? new Map(), storeOf(hands, one));
      if (made.kind === 'fault') faults.push({ key, why: made.why });
      else merged.set(key, made.data);
      if (pace.spend(costOf([one]))) await pace.rest();
    }
    return faults.length > 0 ? { kind: 'unsound', faults } : { kind: 'sound', merged };
  });
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
  const found = compareFields({ first, second, base }, rules);
  const { rows, same } = found ?? { rows: [], same: 0 };
  return { ...named, rows, same, canMerge: found !== undefined, canKeepBoth, gone: null };
}

function mergedOf(
  { first, second, base }: ConflictSides,
  picks: ReadonlyMap<string, 'first' | 'second'>,
  rules: BundleStore,
): { kind: 'merged'; data: Json } | { kind: 'fault'; why: string } {
  const found =
    first === undefined || second === undefined ? undefined : compareFields({ first, second, base }, rules);
  if (!found || first === undefined || second === undefined) return { kind: 'fault', why: 'not-comparable' };
  const changed = new Map(found.rows.map((row) => [row.path, row.changed]));
  const undecided = found.rows.some((row) => row.changed === 'both' && !picks.has(row.path));
  if (undecided) return { kind: 'fault', why: 'undecided' };
  const data = found.merge(
    (path) => picks.get(path) ?? (changed.get(path) === 'second' ? 'second' : 'first'),
  );
  if (rules.whereUnsound(data, rules.version) !== undefined) return { kind: 'fault', why: 'schema' };
  const why = rules.whyNotMerged?.(data, { first, second });
  return why === undefined ? { kind: 'merged', data } : { kind: 'fault', why };
}

function storeOf({ domain }: ImportHands, { store }: ConflictSides): BundleStore {
  const found = domain.stores.get(store);
  if (!found) throw new Error('A conflict in a store that is none');
  return found;
}

function costOf(sides: readonly ConflictSides[]): number {
  return sides.reduce((sum, { first, second }) => sum + COMPARING * (sizeHint(first) + sizeHint(second)), 0);
}

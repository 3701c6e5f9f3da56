import type { ComparedRecord, ConflictSides } from '../../../machines/conflicts.types.ts';
import { compareFields } from '../../bundle/compareFields.ts';
import type { Side } from '../../bundle/fields.ts';
import type { Json } from '../../vault/types.ts';
import type { ImportHands } from './hands.ts';
import { storeOf } from './storeOf.ts';

/**
 * Compares the two sides of a record once, and makes any merge of them. What is shown before and what is checked and
 * written in the end is made here, so that they are the same.
 *
 * @returns `undefined` where one side does not have it, or where it has no members: then only a whole can be taken
 */
export function compareRecord(
  hands: Pick<ImportHands, 'domain'>,
  sides: Pick<ConflictSides, 'store' | 'first' | 'second' | 'base'>,
): ComparedRecord | undefined {
  const { first, second, base } = sides;
  const rules = storeOf(hands, sides);
  if (first === undefined || second === undefined) return undefined;
  const found = compareFields({ first, second, base }, rules);
  if (!found) return undefined;
  const { rows, same, sameFields, texts } = found;
  const known = new Map(
    rows.flatMap(({ path, changed }) => (changed === 'both' ? [] : [[path, changed] as const])),
  );
  const whyUnsound = (data: Json): string | null => {
    if (rules.whereUnsound(data, rules.version) !== undefined) return 'schema';
    return rules.whyNotMerged?.(data, { first, second }) ?? null;
  };
  return {
    rows,
    same,
    sameFields,
    textsOf: (side) => texts(() => side),
    merge(picks) {
      const sideOf = (path: string): Side => picks.get(path) ?? known.get(path) ?? 'first';
      const data = found.merge(sideOf);
      const isOpen = rows.some(({ path }) => !picks.has(path) && !known.has(path));
      return { data, fault: isOpen ? 'undecided' : whyUnsound(data), texts: () => texts(sideOf) };
    },
  };
}

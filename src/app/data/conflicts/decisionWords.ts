import type { Conflict, Decision } from '../../../../machines/conflicts.types.ts';
import { sayData } from '../../words/sayData.ts';
import { reasonWords } from './faultWords.ts';
import type { MergeState } from './mergeState.ts';
import type { SideNames } from './step.ts';

/** What a choice does, and what becomes of the version that is not taken. */
export interface DecisionWords {
  readonly label: string;
  readonly means: string;
  /** It would not be accepted like this. */
  readonly isRefused?: boolean;
}

export function decisionWords(
  decision: Decision,
  { sides, gone, merge }: { sides: SideNames; gone: Conflict['gone']; merge: MergeState },
): DecisionWords {
  if (decision === 'merge') return mergeWords(merge, sides);
  if (decision === 'keep-both' && sides.copyName)
    return {
      label: sayData('decision.keep-both'),
      means: sayData('decision.addsCopy', { name: sides.copyName }),
    };
  if (decision === 'keep-both' || decision === 'later')
    return { label: sayData(`decision.${decision}`), means: sayData(`decision.${decision}Means`) };
  const side = decision === 'keep-first' ? 'first' : 'second';
  const { place } = sides[side];
  if (gone === null)
    return { label: sayData(`decision.${decision}`, { place }), means: sayData(`decision.${decision}Means`) };
  // What is here is the first: to keep the other is to bring it back, and not to have it is to lose it here, or not.
  if (gone === side)
    return {
      label: sayData('decision.delete'),
      means: sayData(side === 'first' ? 'decision.staysDeleted' : 'decision.deleteMeans'),
    };
  return {
    label: sayData('decision.keep', { place }),
    means: sayData(side === 'first' ? 'decision.keepMeans' : 'decision.comesBack'),
  };
}

function mergeWords({ first, second, open, fault }: MergeState, sides: SideNames): DecisionWords {
  const counts = { first, second, firstPlace: sides.first.place, secondPlace: sides.second.place };
  const label = first + second === 0 ? sayData('decision.merge') : sayData('decision.mergeOf', counts);
  if (open > 0) return { label, means: sayData('decision.mergeOpen', { count: open }) };
  if (fault !== null) return { label, means: reasonWords(fault), isRefused: true };
  return { label, means: sayData('decision.mergeMeans') };
}

import type { ImportPreview } from '../../../../machines/import.types.ts';
import { sayData } from '../../words/sayData.ts';
import type { Strategy } from '../fileTypes.ts';

/** How many records would be written, and how many would leave the list. */
export function sumOfCommit({ commit }: Pick<ImportPreview, 'commit'>): { written: number; removed: number } {
  const changes = commit?.changes ?? [];
  const removed = changes.filter(({ data }) => data === undefined).length;
  return { written: changes.length - removed, removed };
}

/** What the last button does, in numbers. */
export function goWords(preview: ImportPreview, strategy: Strategy): string {
  const { written, removed } = sumOfCommit(preview);
  const { undecided } = preview.plan;
  if (undecided > 0)
    return written > 0
      ? sayData('import.goReview', { taken: written, count: undecided })
      : sayData('import.goReviewOnly', { count: undecided });
  if (strategy !== 'replace' || removed === 0) return sayData('import.goTake', { count: written });
  return written > 0
    ? sayData('import.goReplace', { taken: written, lost: removed })
    : sayData('import.goRemove', { count: removed });
}

/** Why the last button does nothing yet. */
export function whyNotYet({ plan }: ImportPreview): string {
  return sayData(plan.plan === null ? 'import.nothingToTake' : 'import.mustAgree');
}

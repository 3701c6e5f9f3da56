import { sayData } from '../../words/sayData.ts';
import type { ImportPlan } from '../fileTypes.ts';

const ORDER = ['new', 'changed', 'conflicting', 'repeated', 'changedHere', 'same', 'unusable'] as const;
const list = new Intl.ListFormat('en', { type: 'unit', style: 'long' });

/** "41 new, 6 changed only in the file, 8 the same". */
export function countsSentence(counts: ImportPlan['counts']): string {
  return list.format(
    ORDER.flatMap((kind) => (counts[kind] > 0 ? [sayData(`kind.${kind}`, { count: counts[kind] })] : [])),
  );
}

import type { ConflictSides } from '../../../../machines/conflicts.types.ts';
import { recordTitle } from '../../recovery/recordWords.ts';
import { sayData } from '../../words/sayData.ts';

const KNOWN = {
  'no-header': 'fault.no-header',
  'no-patient': 'fault.no-patient',
  schema: 'fault.schema',
  undecided: 'fault.undecided',
  'not-comparable': 'fault.not-comparable',
} as const;

/** Why a merged record makes no sense, with its name before it. */
export function faultWords(
  { key, why }: { readonly key: string; readonly why: string },
  sides: readonly ConflictSides[],
): string {
  const side = sides.find((one) => one.key === key);
  const name = side ? recordTitle(side.store, side.first ?? side.second) : '';
  return sayData('fault.of', { name, text: reasonWords(why) });
}

export function reasonWords(why: string): string {
  return isKnown(why) ? sayData(KNOWN[why]) : sayData('fault.other', { why });
}

function isKnown(why: string): why is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, why);
}

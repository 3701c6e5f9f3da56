import type { Bundle, Unusable } from './bundle.ts';
import { atPath, refusal } from './refusal.ts';
import type { Checked, Label } from './verdict.ts';
import type { Warnings } from './warnings.ts';

/**
 * One fault refuses the whole file (corpus, decision 4). What could be taken all the same is offered as a salvage, with
 * every fault named in it; newer data is its own answer, whatever else is wrong.
 */
export function verdictOn(
  bundle: Omit<Bundle, 'unusable'>,
  faults: readonly Unusable[],
  { label, warnings, isCutOff = false }: { label: Label; warnings: Warnings; isCutOff?: boolean },
): Checked {
  const [first] = faults;
  if (!first)
    return { kind: 'accepted', bundle: { ...bundle, unusable: [] }, warnings: warnings.list(), label };
  const { code, at } = faults.find((fault) => fault.code === 'newer-version') ?? first;
  for (const fault of faults) warnings.add('unusable', fault.store, { at: atPath(fault.at) });
  const isMismatched = faults.some((fault) => fault.code === 'checksum-mismatch');
  const salvage =
    bundle.records.length === 0
      ? null
      : ({
          kind: 'accepted',
          bundle: { ...bundle, unusable: faults },
          warnings: warnings.list(),
          // Nothing proves what is left of data whose checksum does not match.
          label: isMismatched || isCutOff ? 'no-checksum' : label,
        } as const);
  return refusal(code, { at: atPath(at), salvage });
}

import { useEffect, useState } from 'react';
import type { ComparedRecord, ConflictSides } from '../../../../machines/conflicts.types.ts';
import type { ConflictsStepProps } from './step.ts';

/**
 * What a close look at a record says; `null` until it is there, and where it can only be taken as a whole. Choosing
 * needs none of it: the machine knows the rows.
 */
export function useCompared(
  pair: ConflictSides | undefined,
  compare: ConflictsStepProps['compare'],
): ComparedRecord | null {
  const [found, setFound] = useState<{ pair: ConflictSides; record: ComparedRecord | null } | null>(null);
  useEffect(() => {
    if (!pair) return;
    let isCurrent = true;
    compare(pair).then(
      (record) => isCurrent && setFound({ pair, record }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [pair, compare]);
  return found && found.pair === pair ? found.record : null;
}

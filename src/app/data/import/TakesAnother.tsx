import { useCallback } from 'react';
import type { ChosenFile } from '../../../../machines/intake.types.ts';
import type { IntakeStepProps } from './step.ts';
import { useFileGiven } from './useFileGiven.ts';

/** Where a file was refused, the next one can be pasted or dropped at once. Shows nothing. */
export function TakesAnother({ send }: Pick<IntakeStepProps, 'send'>) {
  const take = useCallback(
    (file: ChosenFile): void => {
      send({ type: 'CHOOSE_ANOTHER' });
      send({ type: 'FILE', file });
    },
    [send],
  );
  useFileGiven(take);
  return null;
}

import { Check } from 'lucide-react';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import type { Stage } from './step.ts';

const STAGES = [
  ['choose', 'import.stepChoose'],
  ['check', 'import.stepCheck'],
  ['preview', 'import.stepPreview'],
  ['conflicts', 'import.stepConflicts'],
  ['done', 'import.stepDone'],
] as const satisfies readonly (readonly [Stage, string])[];

/** Where a person is on the way from a file to what is stored. */
export function Stepper({ stage }: { stage: Stage }) {
  const at = STAGES.findIndex(([name]) => name === stage);
  return (
    <ol
      aria-label={sayData('import.steps')}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground"
    >
      {STAGES.map(([name, label], i) => (
        <li
          key={name}
          aria-current={i === at ? 'step' : undefined}
          className={classNames('flex items-center gap-1.5', i === at && 'font-medium text-foreground')}
        >
          <span
            aria-hidden="true"
            className={classNames(
              'flex size-5 items-center justify-center rounded-full border text-2xs [&_svg]:size-3',
              i === at ? 'border-primary bg-primary text-primary-foreground' : 'border-border',
            )}
          >
            {i < at ? <Check /> : i + 1}
          </span>
          {sayData(label)}
        </li>
      ))}
    </ol>
  );
}

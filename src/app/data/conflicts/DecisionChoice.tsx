import { type KeyboardEvent, useId } from 'react';
import type { Conflict, Decision } from '../../../../machines/conflicts.types.ts';
import { sayData } from '../../words/sayData.ts';
import type { SideNames } from './step.ts';

const DECISIONS: readonly Decision[] = ['merge', 'keep-first', 'keep-second', 'keep-both', 'later'];

interface DecisionChoiceProps {
  conflict: Conflict;
  name: string;
  sides: SideNames;
  chosen: Decision | undefined;
  /** Fields that a merge still needs a side for. */
  open: number;
  canChoose: (decision: Decision) => boolean;
  onChoose: (decision: Decision) => void;
}

/** What becomes of the record, and of the version that is not taken. Digits choose while the focus is in the group. */
export function DecisionChoice({
  conflict,
  name,
  sides,
  chosen,
  open,
  canChoose,
  onChoose,
}: DecisionChoiceProps) {
  const id = useId();
  const possible = DECISIONS.filter(canChoose);
  const byDigit = (event: KeyboardEvent): void => {
    const decision = possible[Number(event.key) - 1];
    if (decision && !event.ctrlKey && !event.altKey && !event.metaKey) onChoose(decision);
  };
  return (
    <fieldset onKeyDown={byDigit} className="flex min-w-0 flex-col gap-0.5 border-t border-border px-4 py-3">
      <legend className="float-left mb-1 w-full text-xs font-medium">
        {sayData('conflicts.what', { name })}
      </legend>
      {possible.map((decision) => {
        const { label, means } = wordsOf(decision, sides, decision === 'merge' ? open : 0);
        return (
          <label
            key={decision}
            className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted has-checked:bg-accent/60"
          >
            <input
              type="radio"
              name={`decision ${conflict.key}`}
              checked={chosen === decision}
              onChange={() => onChoose(decision)}
              aria-describedby={`${id}-${decision}`}
              className="mt-0.5 size-4 shrink-0 accent-primary"
            />
            <span className="flex min-w-0 flex-col">
              {label}
              <span id={`${id}-${decision}`} className="text-xs text-muted-foreground">
                {means}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function wordsOf(decision: Decision, { first, second }: SideNames, open: number) {
  switch (decision) {
    case 'keep-first':
      return {
        label: sayData('decision.keep-first', { side: first }),
        means: sayData('decision.keep-firstMeans'),
      };
    case 'keep-second':
      return {
        label: sayData('decision.keep-second', { side: second }),
        means: sayData('decision.keep-secondMeans'),
      };
    case 'merge':
      return {
        label: sayData('decision.merge'),
        means: open > 0 ? sayData('decision.mergeOpen', { count: open }) : sayData('decision.mergeMeans'),
      };
    default:
      return { label: sayData(`decision.${decision}`), means: sayData(`decision.${decision}Means`) };
  }
}

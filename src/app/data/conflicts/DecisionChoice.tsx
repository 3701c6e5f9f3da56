import { TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import type { Conflict, Decision } from '../../../../machines/conflicts.types.ts';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import type { DecisionWords } from './decisionWords.ts';

const DECISIONS: readonly Decision[] = ['merge', 'keep-first', 'keep-second', 'keep-both', 'later'];

interface DecisionChoiceProps {
  conflict: Conflict;
  name: string;
  chosen: Decision | undefined;
  wordsOf: (decision: Decision) => DecisionWords;
  canChoose: (decision: Decision) => boolean;
  onChoose: (decision: Decision) => void;
  /** What a merge would be; stands below it. */
  preview: ReactNode;
}

/** What becomes of the record, and of the version that is not taken. Digits choose while the focus is on a choice. */
export function DecisionChoice(props: DecisionChoiceProps) {
  const { conflict, name, chosen, wordsOf, canChoose, onChoose, preview } = props;
  const id = useId();
  const possible = inOrder(conflict).filter(canChoose);
  const byDigit = ({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): void => {
    const decision = possible[Number(key) - 1];
    // The preview below a choice has keys of its own.
    if (decision && target instanceof HTMLInputElement && !ctrlKey && !altKey && !metaKey) onChoose(decision);
  };
  return (
    <fieldset onKeyDown={byDigit} className="flex min-w-0 flex-col gap-0.5 border-t border-border px-4 py-3">
      <legend className="float-left mb-1 w-full text-xs font-medium">
        {sayData('conflicts.what', { name })}
      </legend>
      {possible.map((decision) => {
        const { label, means, isRefused = false } = wordsOf(decision);
        return (
          <div key={decision} className="flex min-w-0 flex-col">
            <label className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted has-checked:bg-accent/60">
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
                <span
                  id={`${id}-${decision}`}
                  className={classNames(
                    'text-xs',
                    isRefused ? 'font-medium text-warning' : 'text-muted-foreground',
                  )}
                >
                  {isRefused && <TriangleAlert aria-hidden="true" className="mr-1 inline size-3.5" />}
                  {means}
                </span>
              </span>
            </label>
            {decision === 'merge' && preview}
          </div>
        );
      })}
    </fieldset>
  );
}

/** What keeps a record stands before what deletes it. */
function inOrder({ gone }: Conflict): readonly Decision[] {
  return gone === 'first' ? ['keep-second', 'keep-first', 'later'] : DECISIONS;
}

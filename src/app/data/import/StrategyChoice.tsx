import type { KeyboardEvent } from 'react';
import { sayData } from '../../words/sayData.ts';
import type { Strategy } from '../fileTypes.ts';
import type { PreviewControls } from './ImportPreview.tsx';

const STRATEGIES: readonly Strategy[] = ['merge', 'replace', 'skipDuplicates'];

/** Add and update, replace, or only add. Digits choose while the focus is in the group. */
export function StrategyChoice({ selection, onSelect }: PreviewControls) {
  const byDigit = (event: KeyboardEvent): void => {
    const chosen = STRATEGIES[Number(event.key) - 1];
    if (chosen && !event.ctrlKey && !event.altKey && !event.metaKey) onSelect({ strategy: chosen });
  };
  return (
    <fieldset onKeyDown={byDigit} className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium">{sayData('import.how')}</legend>
      {STRATEGIES.map((strategy) => (
        <label
          key={strategy}
          className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted has-checked:bg-accent/60"
        >
          <input
            type="radio"
            name="strategy"
            checked={selection.strategy === strategy}
            onChange={() => onSelect({ strategy })}
            aria-describedby={`strategy-${strategy}`}
            className="mt-0.5 size-4 shrink-0 accent-primary"
          />
          <span className="flex min-w-0 flex-col">
            {sayData(`strategy.${strategy}`)}
            <span id={`strategy-${strategy}`} className="text-xs text-muted-foreground">
              {sayData(`strategy.${strategy}Means`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

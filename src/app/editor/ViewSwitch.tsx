import { classNames } from '../ui/classNames.ts';
import { say } from '../words/say.ts';

/** On a narrow screen one view at a time; on a wide one both are there and this is not. */
export function ViewSwitch({
  shown,
  onChange,
}: {
  shown: 'raw' | 'structure';
  onChange: (shown: 'raw' | 'structure') => void;
}) {
  return (
    <fieldset className="flex gap-1 border-b border-border bg-card p-1 md:hidden">
      <legend className="sr-only">{say('view.switch')}</legend>
      {(['raw', 'structure'] as const).map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={shown === view}
          onClick={() => onChange(view)}
          className={classNames(
            'h-8 flex-1 rounded-md text-sm font-medium',
            shown === view ? 'bg-accent text-accent-foreground' : 'text-muted-foreground',
          )}
        >
          {say(view === 'raw' ? 'raw.title' : 'tree.title')}
        </button>
      ))}
    </fieldset>
  );
}

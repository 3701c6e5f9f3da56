import { sayData } from '../../words/sayData.ts';

export type View = 'fields' | 'raw';

/** Field by field, or both as they are. */
export function ViewChoice({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-3 text-xs">
      <legend className="float-left mr-3 font-medium">{sayData('conflicts.view')}</legend>
      {(['fields', 'raw'] as const).map((one) => (
        <label key={one} className="flex min-h-7 items-center gap-1.5">
          <input
            type="radio"
            name="conflict-view"
            checked={view === one}
            onChange={() => onView(one)}
            className="size-3.5 accent-primary"
          />
          {sayData(one === 'raw' ? 'conflicts.viewRaw' : 'conflicts.viewFields')}
        </label>
      ))}
    </fieldset>
  );
}

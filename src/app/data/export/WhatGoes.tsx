import type { ExportSettings } from '../../../../machines/export.types.ts';
import { sayData } from '../../words/sayData.ts';
import { sayProblem } from '../../words/sayProblem.ts';
import { Tick } from '../import/Tick.tsx';
import type { ExportQueries } from './step.ts';
import { TemplatePicker } from './TemplatePicker.tsx';

const STORES = [
  ['templates', 'export.templates'],
  ['settings', 'export.settings'],
  ['serializationState', 'export.serialize'],
  ['drafts', 'export.drafts'],
] as const;

interface WhatGoesProps {
  settings: ExportSettings;
  queries: ExportQueries;
  onSet: (changed: Partial<ExportSettings>) => void;
}

/** Everything, or what is ticked: stores, and of the templates each. */
export function WhatGoes({ settings: { stores, only }, queries, onSet }: WhatGoesProps) {
  const templates = queries.records().filter(({ store }) => store === 'templates');
  const chosen = only.get('templates');
  const isAll = stores === null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium">{sayData('export.what')}</legend>
      <label className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted has-checked:bg-accent/60">
        <input
          type="radio"
          name="what"
          data-safe=""
          checked={isAll}
          onChange={() => onSet({ stores: null, only: new Map() })}
          aria-describedby="export-everything"
          className="mt-0.5 size-4 shrink-0 accent-primary"
        />
        <span className="flex min-w-0 flex-col">
          {sayData('export.everything')}
          <span id="export-everything" className="text-xs text-muted-foreground">
            {sayData('export.everythingMeans', {
              what: sayProblem('count.templates', { count: templates.length }),
            })}
          </span>
        </span>
      </label>
      <label className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted has-checked:bg-accent/60">
        <input
          type="radio"
          name="what"
          checked={!isAll}
          onChange={() => onSet({ stores: ['templates'] })}
          className="mt-0.5 size-4 shrink-0 accent-primary"
        />
        {sayData('export.selected')}
      </label>
      {stores !== null && (
        <div className="ml-6.5 flex min-w-0 flex-col gap-2">
          <div className="flex flex-wrap gap-x-4">
            {STORES.map(([store, label]) => (
              <Tick
                key={store}
                isTicked={stores.includes(store)}
                onTick={(isTicked) =>
                  onSet({
                    stores: STORES.map(([one]) => one).filter((one) =>
                      one === store ? isTicked : stores.includes(one),
                    ),
                  })
                }
              >
                {sayData(label)}
              </Tick>
            ))}
          </div>
          {stores.includes('templates') && templates.length > 0 && (
            <TemplatePicker
              templates={templates}
              chosen={chosen ?? new Set(templates.map(({ id }) => id))}
              onChoose={(ids) => onSet({ only: new Map([['templates', ids]]) })}
            />
          )}
        </div>
      )}
    </fieldset>
  );
}

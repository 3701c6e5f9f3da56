import { useDeferredValue, useMemo, useState } from 'react';
import { VirtualRows } from '../../problem/VirtualRows.tsx';
import { recordTitle } from '../../recovery/recordWords.ts';
import { Button } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { sayData } from '../../words/sayData.ts';
import { Tick } from '../import/Tick.tsx';
import { toggled } from '../import/toggled.ts';
import type { Exportable } from './step.ts';

interface TemplatePickerProps {
  templates: readonly Exportable[];
  chosen: ReadonlySet<string>;
  onChoose: (ids: ReadonlySet<string>) => void;
}

/** Chooses templates one by one; of thousands, only those on screen are in the page. */
export function TemplatePicker({ templates, chosen, onChoose }: TemplatePickerProps) {
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query).trim().toLowerCase();
  const named = useMemo(
    () =>
      templates
        .map(({ id, store, data }) => ({ id, name: recordTitle(store, data) }))
        .sort((one, other) => one.name.localeCompare(other.name, 'en')),
    [templates],
  );
  const shown = wanted === '' ? named : named.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={sayData('export.filter')}
          placeholder={sayData('import.filterHint')}
          value={query}
          onChange={setQuery}
          className="w-full sm:w-44"
        />
        <p role="status" className="text-xs text-muted-foreground tabular-nums">
          {sayData('export.chooseTemplates', { count: chosen.size })}
        </p>
        <Button size="small" look="quiet" onClick={() => onChoose(new Set(templates.map(({ id }) => id)))}>
          {sayData('export.takeAll')}
        </Button>
        <Button size="small" look="quiet" onClick={() => onChoose(new Set())}>
          {sayData('export.takeNone')}
        </Button>
      </div>
      {shown.length === 0 ? (
        <p className="text-sm text-muted-foreground">{sayData('export.noMatch')}</p>
      ) : (
        <VirtualRows
          label={sayData('export.templates')}
          items={shown}
          keyOf={({ id }) => id}
          className="max-h-40 rounded-lg border border-border"
        >
          {({ id, name }) => (
            <div className="flex h-full items-center">
              <Tick isTicked={chosen.has(id)} onTick={(isTicked) => onChoose(toggled(chosen, id, isTicked))}>
                <span className="block truncate">{name}</span>
              </Tick>
            </div>
          )}
        </VirtualRows>
      )}
    </>
  );
}

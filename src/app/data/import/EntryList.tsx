import { useDeferredValue, useMemo, useState } from 'react';
import { VirtualRows } from '../../problem/VirtualRows.tsx';
import { recordTitle } from '../../recovery/recordWords.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { sayData } from '../../words/sayData.ts';
import { EntryRow } from './EntryRow.tsx';
import type { PreviewControls } from './ImportPreview.tsx';

/** Where something happens or must be decided comes first. */
const ORDER = ['conflicting', 'changed', 'repeated', 'new', 'changedHere', 'same'] as const;

/** Every record of the file, by name: what it is here, and what happens with it. */
export function EntryList({ preview, selection, onSelect }: PreviewControls) {
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query).trim().toLowerCase();
  const { entries, replaced } = preview.plan;
  const isReplaced = useMemo(() => new Set(replaced), [replaced]);
  const rows = useMemo(
    () =>
      entries
        .map((entry) => ({ entry, name: recordTitle(entry.record.store, entry.record.data) }))
        .sort((one, other) => ORDER.indexOf(one.entry.kind) - ORDER.indexOf(other.entry.kind)),
    [entries],
  );
  const shown = useMemo(
    () => (wanted === '' ? rows : rows.filter(({ name }) => name.toLowerCase().includes(wanted))),
    [rows, wanted],
  );
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={sayData('import.filter')}
          placeholder={sayData('import.filterHint')}
          value={query}
          onChange={setQuery}
          className="w-full sm:w-64"
        />
        <p role="status" className="text-xs text-muted-foreground tabular-nums">
          {sayData('import.shownOf', { count: shown.length, total: rows.length })}
        </p>
      </div>
      {shown.length === 0 ? (
        <p className="text-sm text-muted-foreground">{sayData('import.noMatch')}</p>
      ) : (
        <VirtualRows
          label={sayData('import.records')}
          items={shown}
          keyOf={({ entry }) => entry.key}
          className="max-h-56 rounded-lg border border-border"
        >
          {({ entry, name }) => (
            <EntryRow
              entry={entry}
              name={name}
              isReplaced={entry.here !== undefined && isReplaced.has(entry.here)}
              onChoose={(choice) =>
                onSelect({ choices: new Map([...selection.choices, [entry.key, choice]]) })
              }
            />
          )}
        </VirtualRows>
      )}
    </section>
  );
}

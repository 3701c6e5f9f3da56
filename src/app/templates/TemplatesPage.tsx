import { FilePlus2, LibraryBig, SearchX } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useLoad, usePersisted } from '../../react/index.ts';
import { DATA_PATH, NEW_TEMPLATE_PATH, TEMPLATES_PATH } from '../routes.ts';
import { usePageTitle } from '../shell/usePageTitle.ts';
import { useShortcut } from '../shell/useShortcut.ts';
import { templates } from '../stores/templates.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { say } from '../words/say.ts';
import { DraftStrip } from './DraftStrip.tsx';
import { ImportedStrip } from './ImportedStrip.tsx';
import { importedIn } from './importedOnly.ts';
import { listTemplates, type Sort } from './listing.ts';
import { TableSkeleton } from './TableSkeleton.tsx';
import { TemplateTable } from './TemplateTable.tsx';

/** All templates: search, sort, open, duplicate, delete. */
export default function TemplatesPage() {
  usePageTitle(say('page.templates'));
  const view = usePersisted(templates);
  const load = useLoad();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const [sort, setSort] = useState<Sort>({ key: 'changed', isDescending: true });
  const [only, setOnly] = useState(() => importedIn(history.state));
  const search = useRef<HTMLInputElement>(null);
  useShortcut('/', () => search.current?.focus());

  const wanted = useDeferredValue(query);
  const records = view.kind === 'ready' ? view.records : null;
  const imported = useMemo(() => records?.filter(({ id }) => only?.has(id)) ?? [], [records, only]);
  // Undone meanwhile, there is nothing to show of it.
  const isOnly = imported.length > 0;
  const shown = isOnly ? imported : records;
  const listed = useMemo(() => listTemplates(shown ?? [], wanted, sort), [shown, wanted, sort]);
  const total = records?.filter((record) => !record.isDraft).length ?? 0;
  const isReadOnly = view.kind !== 'ready' || view.readOnly;
  const showAll = (): void => {
    setOnly(null);
    navigate(TEMPLATES_PATH, { replace: true });
  };
  const create = (): void => navigate(NEW_TEMPLATE_PATH);

  return (
    <div className="mx-auto flex min-h-0 w-full max-w-7xl flex-1 flex-col gap-3 px-3 pt-4 sm:px-6">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex grow basis-32 flex-wrap items-baseline gap-x-3">
          <h1 tabIndex={-1} className="text-lg font-semibold tracking-tight outline-none">
            {say('page.templates')}
          </h1>
          {records && !(isReadOnly && total === 0) && (
            <p className="text-xs text-muted-foreground tabular-nums" role="status">
              {wanted.trim() === ''
                ? say('templates.count', { count: total })
                : say('templates.found', { count: listed.length, total })}
            </p>
          )}
        </div>
        <SearchField
          ref={search}
          label={say('templates.search')}
          placeholder={say('templates.searchHint')}
          value={query}
          onChange={setQuery}
          className="order-last w-full sm:order-none sm:w-72"
        />
        <Button look="primary" onClick={create} disabled={isReadOnly}>
          <FilePlus2 aria-hidden="true" />
          {say('templates.new')}
        </Button>
      </header>
      {isOnly && <ImportedStrip count={imported.length} onShowAll={showAll} />}
      {records && <DraftStrip drafts={records.filter((record) => record.isDraft)} isReadOnly={isReadOnly} />}
      {records === null ? (
        <TableSkeleton />
      ) : total === 0 ? (
        <EmptyState
          icon={<LibraryBig />}
          title={say(load.kind === 'readOnly' ? 'templates.waiting' : 'templates.empty')}
          actions={
            !isReadOnly && (
              <>
                <Button look="primary" onClick={create}>
                  <FilePlus2 aria-hidden="true" />
                  {say('templates.new')}
                </Button>
                <Button onClick={() => navigate(DATA_PATH)}>{say('templates.import')}</Button>
              </>
            )
          }
        >
          {say(load.kind === 'readOnly' ? 'templates.waitingHint' : 'templates.emptyHint')}
        </EmptyState>
      ) : listed.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={say('templates.noMatch')}
          actions={<Button onClick={() => setQuery('')}>{say('search.clear')}</Button>}
        >
          {say('templates.noMatchHint', { count: total })}
        </EmptyState>
      ) : (
        <TemplateTable listed={listed} sort={sort} onSort={setSort} isReadOnly={isReadOnly} />
      )}
    </div>
  );
}

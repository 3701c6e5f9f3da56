import { Search } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from 'react';
import { type Hit, searchMessage } from '../../../hl7/index.ts';
import { classNames } from '../../ui/classNames.ts';
import { inputClass } from '../../ui/Field.tsx';
import { say } from '../../words/say.ts';
import { shortPath } from '../shortPath.ts';
import { useModel, type Workspace } from '../workspace.ts';

const SHOWN = 10;
/** Longer texts are searched on Enter only, not with every keystroke. */
const LONGEST_LIVE = 2_000_000;

/** Finds a place (`PID-5.1`) or a text in the message (hl7.md 8). Enter goes there and keeps the query. */
export function MessageSearch({
  workspace,
  onGo,
  inputRef,
}: {
  workspace: Workspace;
  onGo: (hit: Hit) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { parsed } = useModel(workspace);
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const isLive = parsed.text.length <= LONGEST_LIVE;
  const found = useMemo(
    () => (isOpen && isLive ? searchMessage(parsed, query) : null),
    [isOpen, isLive, parsed, query],
  );
  const hits = found?.hits ?? [];
  const current = hits[active % Math.max(1, hits.length)];
  // The window follows the active hit, so that arrows reach all of them.
  const start = Math.max(0, Math.min((active % Math.max(1, hits.length)) - SHOWN + 1, hits.length - SHOWN));
  const listed = hits.slice(start, start + SHOWN);
  const isListOpen = isOpen && isLive && query.trim() !== '';

  const go = (hit: Hit | undefined): void => {
    if (hit) onGo(hit);
  };
  // With the list open Enter goes to the marked hit; after that, with the list closed, to the next one.
  const goOn = () => {
    const all = searchMessage(workspace.model.current(), query).hits;
    if (all.length === 0) return setOpen(true);
    const next = isOpen ? active % all.length : (active + 1) % all.length;
    setActive(next);
    setOpen(false);
    go(all[next]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = Math.max(1, hits.length);
    switch (event.key) {
      case 'ArrowDown':
        event.preventDefault();
        setOpen(true);
        return setActive((active + 1) % count);
      case 'ArrowUp':
        event.preventDefault();
        return setActive((active - 1 + count) % count);
      case 'Enter':
        event.preventDefault();
        return goOn();
      case 'Escape':
        if (query === '' && !isOpen) return;
        event.preventDefault();
        if (query !== '') setQuery('');
        return setOpen(false);
    }
  };

  return (
    <div className="relative min-w-0 flex-1 max-sm:order-last max-sm:basis-full sm:max-w-72">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
      />
      <input
        ref={inputRef}
        role="combobox"
        aria-label={say('search.message')}
        aria-expanded={isListOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isListOpen && current ? `${id}-${hits.indexOf(current)}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={say('search.messageHint')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(query !== '')}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className={classNames(inputClass, 'pl-8')}
      />
      <p role="status" className="sr-only">
        {isListOpen ? countWords(hits.length, found?.isCapped ?? false) : ''}
      </p>
      {isListOpen && (
        <div className="absolute top-9 left-0 z-30 w-[min(26rem,calc(100vw-1rem))] overflow-hidden rounded-lg border border-border bg-popover shadow-pop">
          <div id={`${id}-list`} role="listbox" aria-label={say('search.results')} className="p-1">
            {listed.map((hit, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the text field takes the keys (combobox)
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div
                key={`${hit.from}-${hit.path}`}
                id={`${id}-${start + index}`}
                role="option"
                aria-selected={hit === current}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  setActive(start + index);
                  setOpen(false);
                  go(hit);
                }}
                className={classNames(
                  'flex cursor-pointer items-baseline gap-3 rounded px-2 py-1.5',
                  hit === current ? 'bg-accent text-accent-foreground' : 'hover:bg-muted',
                )}
              >
                <span className="shrink-0 font-mono text-xs font-semibold">{shortPath(hit.path)}</span>
                <span className="truncate font-mono text-xs">
                  {parsed.text.slice(hit.from, Math.min(hit.to, hit.from + 120))}
                </span>
              </div>
            ))}
          </div>
          <p className="border-t border-border px-3 py-1.5 text-xs text-muted-foreground" aria-hidden="true">
            {countWords(hits.length, found?.isCapped ?? false)}
            {hits.length > SHOWN && ` · ${say('search.moreHits', { count: hits.length - SHOWN })}`}
          </p>
        </div>
      )}
    </div>
  );
}

function countWords(count: number, isCapped: boolean): string {
  if (count === 0) return say('search.noHits');
  return isCapped ? say('search.manyHits', { count }) : say('search.hits', { count });
}

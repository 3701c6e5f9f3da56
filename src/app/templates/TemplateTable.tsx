import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { classNames } from '../ui/classNames.ts';
import { type MessageKey, say } from '../words/say.ts';
import type { Listed, Sort, SortKey } from './listing.ts';
import { TemplateRow } from './TemplateRow.tsx';

const ROW_HEIGHT = 52;

const COLUMNS = [
  { key: 'name', label: 'templates.name', className: 'w-auto' },
  { key: 'type', label: 'templates.type', className: 'hidden w-32 sm:table-cell' },
  { key: 'placeholders', label: 'templates.placeholders', className: 'hidden w-32 md:table-cell' },
  { key: 'changed', label: 'templates.changed', className: 'hidden w-44 lg:table-cell' },
] as const satisfies readonly { key: SortKey; label: MessageKey; className: string }[];

interface TemplateTableProps {
  listed: readonly Listed[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  isReadOnly: boolean;
}

/** The list, built for thousands: only what is on screen is in the page. */
export function TemplateTable({ listed, sort, onSort, isReadOnly }: TemplateTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: listed.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    getItemKey: (index) => listed[index]?.record.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      onKeyDown={moveByKey}
      role="none"
      className="scroll-thin mb-4 min-h-0 overflow-y-auto rounded-lg border border-border bg-card"
    >
      <table
        className="w-full table-fixed border-separate border-spacing-0"
        aria-rowcount={listed.length + 1}
      >
        <caption className="sr-only">{say('page.templates')}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
            <th scope="col" className="sticky top-0 z-10 w-24 border-b border-border bg-card">
              <span className="sr-only">{say('templates.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} />
          {items.map((item) => {
            const row = listed[item.index];
            return (
              row && (
                <TemplateRow key={item.key} listed={row} rowIndex={item.index + 2} isReadOnly={isReadOnly} />
              )
            );
          })}
          <Spacer height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in the page, so that the scroll bar tells the truth. */
function Spacer({ height }: { height: number }) {
  if (height === 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused
    <tr aria-hidden="true">
      <td colSpan={COLUMNS.length + 1} style={{ height }} />
    </tr>
  );
}

interface HeaderCellProps {
  column: (typeof COLUMNS)[number];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  const isSorted = sort.key === column.key;
  const Icon = sort.isDescending ? ArrowDown : ArrowUp;
  // A new column begins with what people look for first: the latest, the most, the letter A.
  const startsDescending = column.key === 'changed' || column.key === 'placeholders';
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
      className={classNames(
        'sticky top-0 z-10 border-b border-border bg-card px-1.5 text-left font-normal',
        column.className,
      )}
    >
      <button
        type="button"
        onClick={() =>
          onSort({ key: column.key, isDescending: isSorted ? !sort.isDescending : startsDescending })
        }
        className={classNames(
          'flex h-9 items-center gap-1.5 rounded px-2 text-xs font-medium hover:text-foreground',
          isSorted ? 'text-foreground' : 'text-muted-foreground',
        )}
      >
        {say(column.label)}
        <Icon aria-hidden="true" className={classNames('size-3.5', !isSorted && 'opacity-0')} />
      </button>
    </th>
  );
}

/** Arrow keys go from name to name; the names are links, so Enter opens. */
function moveByKey(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || !next) return;
  event.preventDefault();
  next.focus();
}

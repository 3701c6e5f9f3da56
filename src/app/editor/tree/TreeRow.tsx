import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { isNull } from '../../../hl7/index.ts';
import { classNames } from '../../ui/classNames.ts';
import { say } from '../../words/say.ts';
import type { Workspace } from '../workspace.ts';
import { LeafInput } from './LeafInput.tsx';
import { RowMenu } from './RowMenu.tsx';
import type { Row } from './rows.ts';
import { ValueText } from './ValueText.tsx';

/** Longer values are cut on screen; the raw text has all of them. */
const LONGEST_SHOWN = 300;

export interface TreeRowProps {
  domId: string;
  row: Row;
  top: number;
  height: number;
  /** From the dictionary; empty while it is not known. */
  name: string;
  workspace: Workspace;
  isActive: boolean;
  isReadOnly: boolean;
  isEditing: boolean;
  onChoose: () => void;
  onEdit: () => void;
  onToggle: () => void;
  onStopEditing: (how: 'left' | 'done' | 'previous' | 'next') => void;
}

/** One line of the structure: path, name, value; the value of a leaf can be edited in place. */
export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { row, domId, name, isActive, isEditing, onChoose, onToggle } = props;
  const place = { transform: `translateY(${props.top}px)`, height: props.height };
  if (row.kind === 'more') {
    return (
      <div
        role="none"
        className="absolute inset-x-0 flex items-center px-3 text-xs text-muted-foreground"
        style={place}
      >
        <span style={{ paddingInlineStart: row.level * 16 }}>
          {say('tree.more', { count: row.hidden ?? 0 })}
        </span>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself takes the keys (aria-activedescendant)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree, as above
    <div
      id={domId}
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.setSize}
      aria-posinset={row.posInSet}
      aria-expanded={row.isExpandable ? row.isExpanded : undefined}
      aria-selected={isActive}
      aria-label={spokenLabel(row, name)}
      onClick={onChoose}
      className={classNames(
        'group/row absolute inset-x-0 flex items-center gap-2 pr-1 pl-2',
        isActive
          ? 'bg-accent group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2 group-focus-visible/tree:outline-ring'
          : 'hover:bg-muted/60',
        row.kind === 'segment' && row.posInSet > 1 && 'border-t border-border/60',
      )}
      style={place}
    >
      <span
        className="flex shrink-0 items-center gap-1 font-mono text-xs"
        style={{ paddingInlineStart: (row.level - 1) * 14, minWidth: 116 }}
      >
        <Toggle row={row} onToggle={onToggle} />
        <span className={row.kind === 'segment' ? 'font-bold text-(--hl7-segment)' : 'text-muted-foreground'}>
          {row.path}
        </span>
      </span>
      <span
        className={classNames(
          'hidden truncate text-xs @sm:block',
          row.kind === 'segment'
            ? 'shrink-0 font-medium'
            : 'w-28 shrink-0 text-foreground @md:w-40 @2xl:w-56',
        )}
        title={name}
      >
        {name}
      </span>
      {row.kind === 'segment' ? (
        <FieldCount row={row} />
      ) : isEditing ? (
        <LeafInput {...props} />
      ) : (
        <Value {...props} shown={shownText(row)} isNullValue={isNull(row.wire)} />
      )}
      <RowMenu {...props} />
    </div>
  );
});

function Toggle({ row, onToggle }: { row: Row; onToggle: () => void }) {
  if (!row.isExpandable) return <span className="w-5" />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse; the tree takes the keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      className="flex size-6 -mx-0.5 cursor-pointer items-center justify-center rounded text-muted-foreground hover:bg-muted hover:text-foreground"
    >
      <ChevronRight
        aria-hidden="true"
        className={classNames('size-3.5 transition-transform duration-100', row.isExpanded && 'rotate-90')}
      />
    </span>
  );
}

function Value({
  row,
  shown,
  isNullValue,
  isReadOnly,
  onEdit,
}: TreeRowProps & { shown: string; isNullValue: boolean }) {
  const isLeaf = row.value !== undefined;
  const canEdit = isLeaf && !row.isReadOnly && !isReadOnly;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse; Enter in the tree does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span
      onClick={(event) => {
        if (!canEdit) return;
        event.stopPropagation();
        onEdit();
      }}
      className={classNames(
        'flex h-6 min-w-0 flex-1 items-center rounded px-1.5 font-mono text-xs',
        !isLeaf && 'text-muted-foreground',
        canEdit && 'cursor-text border border-transparent hover:border-input hover:bg-card',
      )}
    >
      <span className="truncate">
        {isNullValue ? (
          <span title={say('tree.nullHint')}>
            {'""'} <em className="font-sans text-muted-foreground">{say('tree.null')}</em>
          </span>
        ) : (
          <ValueText text={shown} />
        )}
      </span>
    </span>
  );
}

/** How many fields a segment has; of a closed one also the beginning of its text. */
function FieldCount({ row }: { row: Row }) {
  return (
    <span className="flex min-w-0 flex-1 items-center justify-end gap-3 pl-2 text-xs text-muted-foreground">
      {!row.isExpanded && (
        <span className="min-w-0 flex-1 truncate font-mono">{row.wire.slice(0, LONGEST_SHOWN)}</span>
      )}
      <span className="shrink-0 tabular-nums">{say('tree.fields', { count: row.fieldCount })}</span>
    </span>
  );
}

function shownText(row: Row): string {
  const text = row.value ?? row.wire;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** What a screen reader says for a row. */
function spokenLabel(row: Row, name: string): string {
  const named = name ? `${row.path} ${name}` : row.path;
  if (row.kind === 'segment') return named;
  const text = shownText(row);
  return text === '' ? say('tree.spokenEmpty', { place: named }) : `${named}: ${text}`;
}

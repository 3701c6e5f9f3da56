import { useVirtualizer } from '@tanstack/react-virtual';
import { ListTree } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Dictionary, nameAt } from '../../../hl7/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { say } from '../../words/say.ts';
import { useModel, type Workspace } from '../workspace.ts';
import { AddSegmentDialog } from './AddSegmentDialog.tsx';
import { selectPlace } from './editTree.ts';
import { MOST_SEGMENTS, type Row } from './rows.ts';
import { TreeRow } from './TreeRow.tsx';
import { TreeToolbar } from './TreeToolbar.tsx';
import { treeKey } from './treeKey.ts';
import type { Tree } from './useTree.ts';

const ROW_HEIGHT = 30;

interface StructurePaneProps {
  workspace: Workspace;
  tree: Tree;
  dictionary: Dictionary | null;
  isReadOnly: boolean;
}

/** The structure of the message: a tree by keyboard and by mouse, in step with the raw text. */
export default function StructurePane({ workspace, tree, dictionary, isReadOnly }: StructurePaneProps) {
  const { parsed } = useModel(workspace);
  const { rows, activeIndex } = tree;
  const treeId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });

  const activeId = rows[activeIndex]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new active row scrolls, not every keystroke
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeId]);

  const choose = (row: Row): void => {
    selectPlace(workspace, row.position);
    tree.activate(row);
  };
  const edit = (row: Row): void => {
    choose(row);
    if (row.value !== undefined && !row.isReadOnly && !isReadOnly) setEditing(row.id);
  };
  const stopEditing = (how: 'left' | 'done' | 'previous' | 'next'): void => {
    setEditing(null);
    if (how === 'left') return;
    scroller.current?.focus();
    const next = how === 'done' ? undefined : rows[activeIndex + (how === 'next' ? 1 : -1)];
    if (next) edit(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeIndex];
    if (event.target !== event.currentTarget || !row) return;
    const step = treeKey(event, rows, activeIndex);
    if (!step) return;
    event.preventDefault();
    switch (step.kind) {
      case 'go':
        return step.row && choose(step.row);
      case 'open':
        return tree.setExpanded(row, true);
      case 'close':
        return tree.setExpanded(row, false);
      case 'edit':
        return edit(row);
    }
  };

  const items = virtual.getVirtualItems();
  const isActiveListed = items.some((item) => item.index === activeIndex);
  return (
    <section aria-label={say('tree.title')} className="@container flex h-full min-h-0 flex-col">
      <TreeToolbar tree={tree} />
      {rows.length === 0 ? (
        <EmptyState icon={<ListTree />} title={say('tree.empty')}>
          {say('tree.emptyHint')}
        </EmptyState>
      ) : (
        <div
          ref={scroller}
          role="tree"
          aria-label={say('tree.title')}
          aria-busy={tree.isBehind}
          aria-activedescendant={isActiveListed ? `${treeId}-${activeId}` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
          className="group/tree scroll-thin relative min-h-0 flex-1 overflow-auto py-1 outline-none"
        >
          <div role="none" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <TreeRow
                    key={item.key}
                    domId={`${treeId}-${row.id}`}
                    row={row}
                    top={item.start}
                    height={ROW_HEIGHT}
                    name={(dictionary && nameAt(dictionary, parsed, row.position)) ?? ''}
                    workspace={workspace}
                    isActive={item.index === activeIndex}
                    isReadOnly={isReadOnly}
                    isEditing={editing === row.id}
                    onChoose={() => choose(row)}
                    onEdit={() => edit(row)}
                    onToggle={() => tree.setExpanded(row, !row.isExpanded)}
                    onStopEditing={stopEditing}
                  />
                )
              );
            })}
          </div>
        </div>
      )}
      {parsed.segments.length > MOST_SEGMENTS && (
        <p className="border-t border-border px-3 py-1.5 text-xs text-muted-foreground">
          {say('tree.limited', { shown: MOST_SEGMENTS, count: parsed.segments.length })}
        </p>
      )}
      <AddSegmentDialog />
    </section>
  );
}

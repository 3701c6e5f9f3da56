import { useMemo, useState } from 'react';
import { type Dictionary, type Position, positionAt } from '../../../hl7/index.ts';
import { useDocumentSnapshot, useModel, type Workspace } from '../workspace.ts';
import { type Row, type RowKind, rowIdsAround, rowsOf } from './rows.ts';

/** A message with at most this many segments is opened segment by segment; a longer one starts closed. */
const SEGMENTS_OPENED = 40;
/** A longer segment starts closed whatever the message: it is noise, or one huge value. */
const LENGTH_OPENED = 20_000;

export interface Tree {
  readonly rows: readonly Row[];
  /** Index of the row that arrow keys start from; -1 when nothing is listed. */
  readonly activeIndex: number;
  readonly showsEmpty: boolean;
  readonly isBehind: boolean;
  setShowsEmpty(shows: boolean): void;
  activate(row: Row): void;
  setExpanded(row: Row, isExpanded: boolean): void;
  setAllExpanded(isExpanded: boolean): void;
  /** Opens what hides a position, so that it can be seen. */
  reveal(position: Position): void;
}

/** What is open, what is listed, and which row is the active one: that of the caret. */
export function useTree(workspace: Workspace, dictionary: Dictionary | null): Tree {
  const { parsed, isBehind } = useModel(workspace);
  const { selection } = useDocumentSnapshot(workspace);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [everything, setEverything] = useState<boolean | null>(null);
  const [showsEmpty, setShowsEmpty] = useState(false);
  const [active, setActive] = useState<{ id: string; anchor: number } | null>(null);

  const caret = useMemo(() => positionAt(parsed, selection.head), [parsed, selection.head]);
  const rows = useMemo(() => {
    const opensSegments = parsed.segments.length <= SEGMENTS_OPENED;
    const long = new Set(
      opensSegments
        ? parsed.segments.filter(({ wire }) => wire.length > LENGTH_OPENED).map(({ key }) => String(key))
        : [],
    );
    const isExpanded = (id: string, kind: RowKind): boolean =>
      opened.get(id) ?? everything ?? (kind === 'segment' && opensSegments && !long.has(id));
    const fieldCount = (segment: string): number => dictionary?.fieldCount(segment) ?? 0;
    return rowsOf(parsed, { isExpanded, showEmpty: showsEmpty, caret, fieldCount });
  }, [parsed, opened, everything, showsEmpty, caret, dictionary]);

  const activeIndex = useMemo(() => {
    // A row chosen in the tree stays active while the caret stays where choosing put it.
    const chosen = active?.anchor === selection.anchor ? rows.findIndex(({ id }) => id === active.id) : -1;
    if (chosen !== -1) return chosen;
    const around = caret ? rowIdsAround(parsed, caret) : [];
    for (const id of around) {
      const index = rows.findIndex((row) => row.id === id);
      if (index !== -1) return index;
    }
    return rows.length > 0 ? 0 : -1;
  }, [rows, active, selection.anchor, caret, parsed]);

  const open = (ids: readonly string[], isExpanded: boolean): void => {
    setOpened((before) => new Map([...before, ...ids.map((id) => [id, isExpanded] as const)]));
  };

  return {
    rows,
    activeIndex,
    showsEmpty,
    isBehind,
    setShowsEmpty,
    activate: (row) => setActive({ id: row.id, anchor: workspace.document.getSnapshot().selection.anchor }),
    setExpanded: (row, isExpanded) => open([row.id], isExpanded),
    setAllExpanded: (isExpanded) => {
      setOpened(new Map());
      setEverything(isExpanded);
    },
    reveal: (position) => open(rowIdsAround(workspace.model.current(), position), true),
  };
}

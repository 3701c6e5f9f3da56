import type { KeyboardEvent } from 'react';
import type { Row } from './rows.ts';

const PAGE = 12;

export type TreeStep = { kind: 'go'; row: Row | undefined } | { kind: 'open' | 'close' | 'edit' };

/** What a key means in the tree (the keys of the ARIA tree pattern); `null` for keys that mean nothing there. */
export function treeKey(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  rows: readonly Row[],
  active: number,
): TreeStep | null {
  const row = rows[active];
  if (!row || ctrlKey || metaKey || altKey) return null;
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return { kind: 'go', row: rows[Math.min(last, active + 1)] };
    case 'ArrowUp':
      return { kind: 'go', row: rows[Math.max(0, active - 1)] };
    case 'PageDown':
      return { kind: 'go', row: rows[Math.min(last, active + PAGE)] };
    case 'PageUp':
      return { kind: 'go', row: rows[Math.max(0, active - PAGE)] };
    case 'Home':
      return { kind: 'go', row: rows[0] };
    case 'End':
      return { kind: 'go', row: rows[last] };
    case 'ArrowRight':
      if (!row.isExpandable) return null;
      return row.isExpanded ? { kind: 'go', row: rows[active + 1] } : { kind: 'open' };
    case 'ArrowLeft':
      return row.isExpanded ? { kind: 'close' } : { kind: 'go', row: parentOf(rows, active) };
    case 'Enter':
    case 'F2':
      if (!row.isExpandable) return { kind: 'edit' };
      return { kind: row.isExpanded ? 'close' : 'open' };
    default:
      return null;
  }
}

function parentOf(rows: readonly Row[], active: number): Row | undefined {
  const level = rows[active]?.level ?? 1;
  for (let index = active - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row && row.level < level) return row;
  }
  return rows[active];
}

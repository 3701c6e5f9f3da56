import type { KeyboardEvent } from 'react';
import type { Conflict, ConflictSides } from '../../../../machines/conflicts.types.ts';
import { sayData } from '../../words/sayData.ts';
import { FieldChoice } from './FieldChoice.tsx';
import { sideOf } from './open.ts';
import type { ConflictsStepProps } from './step.ts';
import { useRowNames } from './useRowNames.ts';

interface FieldRowsProps extends ConflictsStepProps {
  conflict: Conflict;
  pair: ConflictSides | undefined;
}

/** Field by field: what stands on each side, and which one is taken. Up and down go through the rows. */
export function FieldRows({ snapshot, send, sides, conflict, pair }: FieldRowsProps) {
  const { key, rows, same, gone, canMerge } = conflict;
  const nameOf = useRowNames(pair);
  if (gone || !canMerge) {
    return (
      <p className="px-4 py-3 text-muted-foreground">
        {gone ? sayData('conflicts.gone', { side: sides[gone] }) : sayData('conflicts.wholeOnly')}
      </p>
    );
  }
  return (
    <div className="flex min-w-0 flex-col">
      <fieldset
        aria-label={sayData('conflicts.rows')}
        onKeyDown={goThrough}
        className="scroll-thin flex max-h-72 min-w-0 flex-col overflow-y-auto"
      >
        {rows.map((row) => (
          <FieldChoice
            key={row.path}
            row={row}
            name={nameOf(row.path)}
            group={`${key} ${row.path}`}
            sides={sides}
            side={sideOf(snapshot.context, key, row)}
            onPick={(side) => send({ type: 'PICK', key, path: row.path, side })}
          />
        ))}
      </fieldset>
      <p className="px-4 py-2 text-xs text-muted-foreground">{sayData('conflicts.same', { count: same })}</p>
    </div>
  );
}

/** Left and right are the browser's own, within a row. */
function goThrough(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey) return;
  const groups = [...event.currentTarget.querySelectorAll<HTMLElement>('fieldset')];
  const at = groups.findIndex((group) => group.contains(event.target as Node));
  event.preventDefault();
  const next = groups[at + step];
  const radio =
    next?.querySelector<HTMLElement>('input:checked') ?? next?.querySelector<HTMLElement>('input');
  radio?.focus();
}

import type { KeyboardEvent } from 'react';
import type { Conflict } from '../../../../machines/conflicts.types.ts';
import { sayData } from '../../words/sayData.ts';
import { FieldChoice } from './FieldChoice.tsx';
import { sideOf } from './open.ts';
import { SideHeading } from './SideHeading.tsx';
import type { ConflictsSnapshot, ConflictsStepProps, SideNames } from './step.ts';

interface FieldRowsProps {
  snapshot: ConflictsSnapshot;
  send: ConflictsStepProps['send'];
  conflict: Conflict;
  sides: SideNames;
  nameOf: (path: string) => string;
}

/** Field by field: what stands on each side, and which one is taken. Up and down go through the rows. */
export function FieldRows({ snapshot, send, conflict, sides, nameOf }: FieldRowsProps) {
  const { key, rows, canMerge } = conflict;
  if (!canMerge) return <p className="px-4 py-3 text-muted-foreground">{sayData('conflicts.wholeOnly')}</p>;
  const picks = snapshot.context.picks.get(key);
  return (
    <div className="flex min-w-0 flex-col">
      <div className="grid gap-x-3 border-b border-border bg-muted/60 px-4 py-1.5 sm:grid-cols-2">
        <SideHeading side={sides.first} />
        <SideHeading side={sides.second} />
      </div>
      <fieldset
        aria-label={sayData('conflicts.rows')}
        onKeyDown={goThrough}
        className="scroll-thin flex max-h-72 min-w-0 flex-col overflow-y-auto"
      >
        {rows.map((row) => (
          <FieldChoice
            key={`${key} ${row.path}`}
            row={row}
            name={nameOf(row.path)}
            group={`${key} ${row.path}`}
            sides={sides}
            side={sideOf(snapshot.context, key, row)}
            isPicked={picks?.has(row.path) ?? false}
            onPick={(side) => send({ type: 'PICK', key, path: row.path, side })}
          />
        ))}
      </fieldset>
    </div>
  );
}

function goThrough(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.contains(event.target as Node));
  event.preventDefault();
  const next = rows[at + step];
  const control =
    next?.querySelector<HTMLElement>('input:checked') ?? next?.querySelector<HTMLElement>('input, button');
  control?.focus();
}

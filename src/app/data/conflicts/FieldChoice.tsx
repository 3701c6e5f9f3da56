import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import type { FieldRow, Side } from '../fileTypes.ts';
import { FieldValue } from './FieldValue.tsx';
import { PlaceholderChip } from './PlaceholderChip.tsx';
import type { SideNames } from './step.ts';

const SIDES: readonly Side[] = ['first', 'second'];

interface FieldChoiceProps {
  row: FieldRow;
  name: string;
  /** Unique among all rows: browsers tie radios together by it. */
  group: string;
  sides: SideNames;
  side: Side | undefined;
  /** A person said so. */
  isPicked: boolean;
  onPick: (side: Side) => void;
}

/**
 * One place that differs: what each side has, and which is taken. What only one side changed is taken already, in one
 * line, and can be changed. Left and right pick the side that stands there.
 */
export function FieldChoice(props: FieldChoiceProps) {
  const { row, name, group, sides, side, isPicked, onPick } = props;
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLFieldSetElement>(null);
  const mustFocus = useRef(false);
  const taken = row.changed === 'both' || isPicked || isOpen ? null : row.changed;

  // The button that opened the row is gone: its choice goes on where it was.
  useEffect(() => {
    if (taken || !mustFocus.current) return;
    mustFocus.current = false;
    place.current?.querySelector<HTMLElement>('input:checked')?.focus();
  });
  const open = (): void => {
    mustFocus.current = true;
    setOpen(true);
  };
  const pickByArrow = (event: KeyboardEvent): void => {
    const picked = { ArrowLeft: 'first', ArrowRight: 'second' }[event.key] as Side | undefined;
    if (!picked || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    mustFocus.current = true;
    onPick(picked);
  };

  return (
    <fieldset
      ref={place}
      data-row=""
      onKeyDown={pickByArrow}
      className="flex min-w-0 shrink-0 flex-col gap-1 border-b border-border px-4 py-2 last:border-b-0"
    >
      <legend className="float-left flex w-full flex-wrap items-center gap-2 text-xs font-medium">
        {name}
        <PlaceholderChip row={row} />
      </legend>
      {taken ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Check aria-hidden="true" className="size-4 shrink-0 text-success" />
          <span className="min-w-0 flex-1 basis-48">
            <FieldValue value={row[taken]} />
            <span className="text-xs text-muted-foreground">
              {sayData('conflicts.takenOnly', { place: sides[taken].place })}
            </span>
          </span>
          <Button size="small" aria-label={sayData('conflicts.changeOf', { name })} onClick={open}>
            {sayData('conflicts.change')}
          </Button>
        </div>
      ) : (
        <div className="grid gap-1 sm:grid-cols-2 sm:gap-3">
          {SIDES.map((one) => (
            <label
              key={one}
              className={classNames(
                'flex min-w-0 items-start gap-2 rounded-md border px-2 py-1.5',
                side === one ? 'border-primary/60 bg-accent/60' : 'border-border hover:bg-muted',
              )}
            >
              <input
                type="radio"
                name={group}
                checked={side === one}
                onChange={() => onPick(one)}
                className="mt-0.5 size-4 shrink-0 accent-primary"
              />
              <span className="flex min-w-0 flex-col">
                <span className="text-xs text-muted-foreground sm:sr-only">{sides[one].name}</span>
                <FieldValue value={row[one]} />
              </span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}

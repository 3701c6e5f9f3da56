import type { Json } from '../../../vault/types.ts';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import type { FieldRow, Side } from '../fileTypes.ts';
import type { SideNames } from './step.ts';

const SIDES: readonly Side[] = ['first', 'second'];

interface FieldChoiceProps {
  row: FieldRow;
  name: string;
  /** Unique among all rows: browsers tie radios together by it. */
  group: string;
  sides: SideNames;
  side: Side | undefined;
  onPick: (side: Side) => void;
}

/** One place that differs: what each side has, and which is taken. */
export function FieldChoice({ row, name, group, sides, side, onPick }: FieldChoiceProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1 border-b border-border px-4 py-2">
      <legend className="float-left w-full text-xs font-medium">
        {name}
        {row.changed !== 'both' && (
          <span className="ml-2 font-normal text-muted-foreground">
            {sayData('conflicts.changedOnly', { side: sides[row.changed] })}
          </span>
        )}
      </legend>
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
              <span className="text-xs text-muted-foreground">{sides[one]}</span>
              <Value value={row[one]} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Value({ value }: { value: Json | undefined }) {
  if (value === undefined || value === '')
    return (
      <span className="text-sm text-muted-foreground italic">
        {sayData(value === '' ? 'conflicts.empty' : 'conflicts.absent')}
      </span>
    );
  const text = typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : JSON.stringify(value);
  return (
    <span className="line-clamp-4 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap" title={text}>
      {text}
    </span>
  );
}

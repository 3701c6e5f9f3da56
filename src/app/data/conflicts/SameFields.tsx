import { useMemo, useState } from 'react';
import type { ComparedRecord } from '../../../../machines/conflicts.types.ts';
import { VirtualRows } from '../../problem/VirtualRows.tsx';
import { sayData } from '../../words/sayData.ts';
import { valueText } from './valueText.ts';

interface SameFieldsProps {
  record: ComparedRecord | null;
  same: number;
  nameOf: (path: string) => string;
}

/** How much is the same on both sides, and opened, what. */
export function SameFields({ record, same, nameOf }: SameFieldsProps) {
  const [isOpen, setOpen] = useState(false);
  const fields = useMemo(() => (isOpen && record ? record.sameFields() : []), [isOpen, record]);
  const words = sayData('conflicts.same', { count: same });
  if (!record || same === 0) return <p className="py-1 text-xs text-muted-foreground">{words}</p>;
  return (
    <details
      className="min-w-0 flex-1 basis-56 text-xs"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="w-fit cursor-pointer rounded py-1 text-muted-foreground hover:text-foreground">
        {words}
      </summary>
      {isOpen && (
        <VirtualRows
          label={words}
          items={fields}
          keyOf={({ path }) => path}
          isText
          className="mt-1 max-h-44 rounded-md border border-border"
        >
          {({ path, value }) => (
            <span className="flex h-full flex-col justify-center px-3 sm:flex-row sm:items-center sm:justify-start sm:gap-3">
              <span className="truncate sm:w-2/5 sm:shrink-0">{nameOf(path)}</span>
              <span className="min-w-0 truncate font-mono text-muted-foreground sm:flex-1 sm:text-foreground">
                {valueText(value)}
              </span>
            </span>
          )}
        </VirtualRows>
      )}
    </details>
  );
}

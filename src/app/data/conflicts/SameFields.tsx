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
            <span className="flex h-full items-center gap-3 px-3">
              <span className="w-2/5 shrink-0 truncate">{nameOf(path)}</span>
              <span className="min-w-0 flex-1 truncate font-mono">{valueText(value)}</span>
            </span>
          )}
        </VirtualRows>
      )}
    </details>
  );
}

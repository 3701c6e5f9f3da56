import { sayData } from '../../words/sayData.ts';
import type { EntryKind, Strategy } from '../fileTypes.ts';
import type { PreviewControls } from './ImportPreview.tsx';
import { StoreTicks } from './StoreTicks.tsx';
import { Tick } from './Tick.tsx';
import { toggled } from './toggled.ts';

/** Kinds of which something can be taken; of the others nothing is, and they are counted. */
const TAKEN: Readonly<Record<Strategy, readonly EntryKind[]>> = {
  merge: ['new', 'changed', 'conflicting', 'repeated'],
  replace: ['new', 'changed', 'changedHere', 'conflicting', 'repeated'],
  skipDuplicates: ['new', 'repeated'],
};
const KINDS = ['new', 'changed', 'changedHere', 'conflicting', 'repeated', 'same', 'unusable'] as const;

interface WhatToTakeProps extends PreviewControls {
  /** Of which the file speaks. */
  stores: readonly string[];
}

/** Counts of what is in the file, each to be taken or not; and the same by where it belongs. */
export function WhatToTake({ preview, selection, onSelect, stores }: WhatToTakeProps) {
  const { counts } = preview.plan;
  const { withoutKinds, withoutStores, strategy } = selection;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <fieldset className="flex min-w-0 flex-col">
        <legend className="mb-1 font-medium">{sayData('import.kinds')}</legend>
        {KINDS.filter((kind) => counts[kind] > 0).map((kind) => {
          const words = sayData(`kind.${kind}`, { count: counts[kind] });
          return kind !== 'unusable' && TAKEN[strategy].includes(kind) ? (
            <Tick
              key={kind}
              isTicked={!withoutKinds.has(kind)}
              onTick={(isTicked) => onSelect({ withoutKinds: toggled(withoutKinds, kind, !isTicked) })}
            >
              {words}
            </Tick>
          ) : (
            <p key={kind} className="flex min-h-7 items-center pl-8.5 text-muted-foreground">
              {words}
            </p>
          );
        })}
      </fieldset>
      {stores.length > 1 && (
        <StoreTicks
          stores={stores}
          withoutStores={withoutStores}
          onSelect={(without) => onSelect({ withoutStores: without })}
        />
      )}
    </div>
  );
}

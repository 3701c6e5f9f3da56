import type { Conflict, ConflictSides } from '../../../../machines/conflicts.types.ts';
import { sayData } from '../../words/sayData.ts';
import { PlainSides } from './PlainSides.tsx';
import type { SideNames } from './step.ts';

interface GoneRecordProps {
  gone: NonNullable<Conflict['gone']>;
  pair: ConflictSides | undefined;
  sides: SideNames;
}

/** One side deleted it, the other edited it: there is nothing to hold side by side. */
export function GoneRecord({ gone, pair, sides }: GoneRecordProps) {
  const other = sides[gone === 'first' ? 'second' : 'first'];
  const place = sides[gone].place;
  return (
    <>
      <p className="px-4 py-3">
        {other.when
          ? sayData('conflicts.goneEdited', { place, other: other.place, when: other.when })
          : sayData('conflicts.gone', { place, other: other.place })}
      </p>
      {pair && (
        <details className="px-4 pb-2 text-xs">
          <summary className="w-fit cursor-pointer rounded py-1 font-medium text-muted-foreground hover:text-foreground">
            {sayData('conflicts.inFull')}
          </summary>
          <div className="-mx-4">
            <PlainSides pair={pair} sides={sides} />
          </div>
        </details>
      )}
    </>
  );
}

import { storeWords } from '../../problem/storeWords.ts';
import { sayData } from '../../words/sayData.ts';
import { Tick } from './Tick.tsx';
import { toggled } from './toggled.ts';

interface StoreTicksProps {
  /** Of which the file speaks. */
  stores: readonly string[];
  withoutStores: ReadonlySet<string>;
  onSelect: (withoutStores: ReadonlySet<string>) => void;
}

/** What of the file is taken, by where it belongs. */
export function StoreTicks({ stores, withoutStores, onSelect }: StoreTicksProps) {
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-x-4">
      <legend className="mb-1 font-medium">{sayData('import.stores')}</legend>
      {stores.map((store) => (
        <Tick
          key={store}
          isTicked={!withoutStores.has(store)}
          onTick={(isTicked) => onSelect(toggled(withoutStores, store, !isTicked))}
        >
          {storeWords(store)}
        </Tick>
      ))}
    </fieldset>
  );
}

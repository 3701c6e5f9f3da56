import { sayData } from '../../words/sayData.ts';
import { byField } from './byField.ts';

/** In which fields such values stand, and in how many records. */
export function PlaceList({ places }: { places: ReadonlyMap<string, number> }) {
  return (
    <details className="mt-1 text-xs">
      <summary className="w-fit cursor-pointer rounded py-1 font-medium underline underline-offset-2">
        {sayData('export.showPlaces')}
      </summary>
      <ul className="mt-1 grid max-h-40 grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-1 overflow-auto">
        {[...places]
          .sort(([one], [other]) => byField(one, other))
          .map(([place, count]) => (
            <li key={place} className="tabular-nums">
              {sayData('export.placeCount', { place, count })}
            </li>
          ))}
      </ul>
    </details>
  );
}

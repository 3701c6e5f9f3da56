import { sayData } from '../../words/sayData.ts';
import type { FieldRow } from '../fileTypes.ts';
import type { MergeState } from './mergeState.ts';
import { Sign } from './Sign.tsx';
import type { SideNames } from './step.ts';

/** More than anybody reads; the marks in the text show all. */
const NAMED = 12;
const list = new Intl.ListFormat('en', { type: 'unit' });

interface PlacesBySideProps {
  rows: readonly FieldRow[];
  taken: MergeState['taken'];
  sides: SideNames;
  nameOf: (path: string) => string;
}

/** In words what the marks in the merged text show: which places are from which side, and which are left out. */
export function PlacesBySide({ rows, taken, sides, nameOf }: PlacesBySideProps) {
  return (
    <ul aria-label={sayData('preview.from')} className="flex flex-col gap-1">
      {(['first', 'second', 'open'] as const).map((kind) => {
        const here = rows.filter((row) => (taken.get(row.path) ?? 'open') === kind);
        if (here.length === 0) return null;
        const names = here.slice(0, NAMED).map((row) => {
          const name = nameOf(row.path);
          const isLeftOut = kind !== 'open' && row[kind] === undefined;
          return isLeftOut ? sayData('preview.leftOut', { name }) : name;
        });
        const more = here.length - names.length;
        const places = list.format(more > 0 ? [...names, sayData('preview.more', { count: more })] : names);
        return (
          <li key={kind} className="flex items-baseline gap-2">
            <Sign kind={kind} />
            <span className="min-w-0">
              {kind === 'open'
                ? sayData('preview.openPlaces', { places })
                : sayData('preview.places', { place: sides[kind].place, places })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

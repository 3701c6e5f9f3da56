import { ShieldCheck, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { ExportSettings, PatientLike } from '../../../../machines/export.types.ts';
import { classNames } from '../../ui/classNames.ts';
import { sayData } from '../../words/sayData.ts';
import { byField } from './byField.ts';
import { PlaceList } from './PlaceList.tsx';
import { testFileName } from './testFileName.ts';

interface ContentsCheckProps {
  settings: ExportSettings;
  /** Of what would go into the file; `null` while nobody has looked. */
  patientLike: PatientLike | null;
  hasFailed: boolean;
  onSet: (changed: Partial<ExportSettings>) => void;
}

const SHOWN = 8;

/** Whether the file would hold values that look like a patient's, by field and never by value, and what to do about it. */
export function ContentsCheck({ settings, patientLike, hasFailed, onSet }: ContentsCheckProps) {
  const id = useId();
  const { withTestValues, fileName } = settings;
  const isReadable = !withTestValues && !settings.isProtected;
  const Icon = isReadable ? TriangleAlert : ShieldCheck;
  const hasFound = (patientLike?.records ?? 0) > 0;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">{sayData('export.contents')}</legend>
      {patientLike && hasFound ? (
        <div
          className={classNames(
            'flex gap-3 rounded-lg px-4 py-3',
            isReadable ? 'bg-warning-soft text-warning' : 'bg-muted text-foreground',
          )}
        >
          <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <div className="min-w-0 flex-1">
            <p role="status">{foundWords(patientLike, settings)}</p>
            <PlaceList places={patientLike.places} />
          </div>
        </div>
      ) : (
        <p role="status" className="text-xs text-muted-foreground">
          {sayData(
            patientLike ? 'export.patientNone' : hasFailed ? 'export.patientUnknown' : 'export.looking',
          )}
        </p>
      )}
      {(hasFound || withTestValues) && (
        <label className="flex gap-2.5 rounded-lg px-2 py-1.5 hover:bg-muted">
          <input
            type="checkbox"
            checked={withTestValues}
            onChange={({ target: { checked } }) =>
              onSet({ withTestValues: checked, fileName: testFileName(fileName, checked) })
            }
            aria-describedby={`${id}-means`}
            className="mt-0.5 size-4 shrink-0 accent-primary"
          />
          <span className="flex min-w-0 flex-col">
            {sayData('export.replace')}
            <span id={`${id}-means`} className="text-xs text-muted-foreground">
              {sayData('export.replaceMeans')}
            </span>
          </span>
        </label>
      )}
    </fieldset>
  );
}

function foundWords(
  { records, places }: PatientLike,
  { isProtected, withTestValues }: ExportSettings,
): string {
  const names = [...places.keys()].sort(byField);
  const shown = names.slice(0, SHOWN).join(', ');
  return [
    sayData('export.patientLike', {
      count: records,
      places: names.length > SHOWN ? sayData('export.morePlaces', { places: shown }) : shown,
    }),
    sayData(withTestValues ? 'export.replaced' : isProtected ? 'export.sealed' : 'export.readable'),
  ].join(' ');
}

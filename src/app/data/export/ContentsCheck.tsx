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
  const { isProtected, withTestValues, fileName } = settings;
  const found = patientLike && patientLike.records > 0 ? patientLike : null;
  const isReadable = !withTestValues && !isProtected;
  const Icon = isReadable ? TriangleAlert : ShieldCheck;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">{sayData('export.contents')}</legend>
      <div
        className={classNames(
          found && 'flex gap-3 rounded-lg px-4 py-3',
          found && (isReadable ? 'bg-warning-soft text-warning' : 'bg-muted text-foreground'),
        )}
      >
        {found && <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />}
        <div className="min-w-0 flex-1">
          {/* One and the same element throughout: a region that is put in anew is not read out. */}
          <p role="status" className={classNames(!found && 'text-xs text-muted-foreground')}>
            {found ? foundWords(found, settings) : sayData(noneWords(patientLike, hasFailed))}
          </p>
          {found && <PlaceList places={found.places} />}
        </div>
      </div>
      {(found || hasFailed || withTestValues) && (
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
            {sayData(found ? 'export.replace' : 'export.replaceAny')}
            <span id={`${id}-means`} className="text-xs text-muted-foreground">
              {sayData('export.replaceMeans')}
            </span>
          </span>
        </label>
      )}
    </fieldset>
  );
}

function noneWords(patientLike: PatientLike | null, hasFailed: boolean) {
  if (patientLike) return 'export.patientNone';
  return hasFailed ? 'export.patientUnknown' : 'export.looking';
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

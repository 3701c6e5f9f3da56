import { TriangleAlert } from 'lucide-react';
import type { PatientLike } from '../../../../machines/export.types.ts';
import { sayData } from '../../words/sayData.ts';

interface PatientNoticeProps {
  /** `null` while nobody has looked. */
  patientLike: PatientLike | null;
  hasFailed: boolean;
  isProtected: boolean;
}

const SHOWN = 8;

/** Whether what is stored holds values that look like a patient's, by field and never by value. */
export function PatientNotice({ patientLike, hasFailed, isProtected }: PatientNoticeProps) {
  if (patientLike === null)
    return (
      <p role="status" className="text-xs text-muted-foreground">
        {sayData(hasFailed ? 'export.patientUnknown' : 'export.looking')}
      </p>
    );
  const { records, places } = patientLike;
  if (records === 0)
    return (
      <p role="status" className="text-xs text-muted-foreground">
        {sayData('export.patientNone')}
      </p>
    );
  const shown = places.slice(0, SHOWN).join(', ');
  const named = places.length > SHOWN ? sayData('export.morePlaces', { places: shown }) : shown;
  return (
    <p role="status" className="flex gap-3 rounded-lg bg-warning-soft px-4 py-3 text-warning">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {sayData('export.patientLike', { count: records, places: named })}{' '}
        {sayData(isProtected ? 'export.sealed' : 'export.readable')}
      </span>
    </p>
  );
}

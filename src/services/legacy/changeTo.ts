import type { LegacyRecord } from '../../../machines/migration.types.ts';
import type { Change } from '../../vault/types.ts';

const MAX_DATE_MS = 8.64e15;

/** The change that puts a record from outside here. It keeps its source's dates (hl7.md 4, rule 4). */
export function changeTo({ store, id, data, dates }: LegacyRecord, baseRev: number): Change {
  const createdAt = isoOf(dates.created ?? dates.envelope);
  const updatedAt = isoOf(dates.updated ?? dates.envelope ?? dates.created);
  return {
    store,
    id,
    data,
    baseRev,
    // Never changes once the record is there (B02).
    ...(createdAt !== undefined && baseRev === 0 && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
  };
}

function isoOf(ms: number | undefined): string | undefined {
  return ms !== undefined && Math.abs(ms) <= MAX_DATE_MS ? new Date(ms).toISOString() : undefined;
}

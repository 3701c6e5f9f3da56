import type { SourceReport } from '../../../machines/migration.types.ts';

/** What became of all sources together: rows brought over, rows kept aside, and sources that are looked at again. */
export function sumOfSources(sources: readonly SourceReport[]) {
  return {
    imported: sources.reduce((sum, { imported }) => sum + imported, 0),
    kept: sources.reduce((sum, { kept }) => sum + kept, 0),
    pending: sources.filter(({ state }) => state === 'pending').length,
  };
}

import { useMemo } from 'react';
import type { ExportSettings } from '../../../../machines/export.types.ts';
import { sayData } from '../../words/sayData.ts';
import { size } from '../../words/sizes.ts';
import type { ExportQueries } from './step.ts';

/** A record's envelope in the file: its names, dates and checksum. */
const ENVELOPE_BYTES = 260;
const FRAME_BYTES = 900;
/** Base64, in pieces. */
const SEALED = 4 / 3;

/** The name of the file, and about how large it will be. */
export function FileLine({ settings, queries }: { settings: ExportSettings; queries: ExportQueries }) {
  const { stores, only, isProtected, fileName: name } = settings;
  const sizes = useMemo(
    () =>
      queries.records().map(({ store, id, data }) => ({
        store,
        id,
        bytes: JSON.stringify(data).length + ENVELOPE_BYTES,
      })),
    [queries],
  );
  const bytes = sizes
    .filter(({ store }) => stores?.includes(store) ?? true)
    .filter(({ store, id }) => only.get(store)?.has(id) ?? true)
    .reduce((sum, one) => sum + one.bytes, FRAME_BYTES);
  return (
    <p className="text-xs text-muted-foreground">
      <span className="font-medium text-foreground">{sayData('export.file')}</span>{' '}
      {sayData('export.about', { name, size: size(isProtected ? bytes * SEALED : bytes) })}
    </p>
  );
}

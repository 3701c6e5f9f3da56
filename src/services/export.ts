import type { Building, ExportSettings } from '../../machines/export.types.ts';
import { buildBundle } from '../bundle/buildBundle.ts';
import { digestWith } from '../vault/sha256.ts';
import type { Envelope } from '../vault/types.ts';
import { readForExport } from './importing/exportSource.ts';
import type { ImportHands } from './importing/hands.ts';
import { inSteps } from './importing/inSteps.ts';
import { sealed } from './importing/sealed.ts';
import { withTestValues } from './importing/withTestValues.ts';

/** Writing, reading back and comparing costs about as much as looking at each character so many times (measured). */
const BUILDING = 12;
/** Test values are put in by batches, of which each counts as twice as much. */
const REPLACING = 2;

/**
 * Makes the file of one state of what is stored: read and verified at once, records held against their checksums, damaged
 * ones apart and named; with test values where asked, which leaves damaged ones out; sealed where asked, opened again, and
 * compared. Changes nothing that is stored.
 *
 * @throws StorageError why what is stored cannot be read; `denied` where this page cannot encrypt
 */
export async function buildFile(
  hands: ImportHands,
  { settings, passphrase }: { settings: ExportSettings; passphrase: string | null },
  signal: AbortSignal,
): Promise<Building> {
  const { records, asides, unreadable, bytes: size } = await readForExport(hands, signal);
  const characters = (BUILDING + (settings.withTestValues ? REPLACING : 0)) * size;
  return inSteps(hands, { service: 'buildFile', signal, characters }, async (options) => {
    const { domain, environment } = hands;
    const digest = digestWith(environment.subtle, 0);
    const exportedAt = new Date(environment.now()).toISOString();
    const chosen = {
      records: records.filter((record) => isChosen(record, settings)),
      asides: asides.filter(({ store }) => store === null || isStoreChosen(store, settings)),
    };
    const { replaced, leftOut, ...source } = settings.withTestValues
      ? await withTestValues(chosen, domain, { ...options, digest })
      : { ...chosen, replaced: 0, leftOut: 0 };
    const built = await buildBundle(source, domain, {
      ...options,
      digest,
      now: environment.now(),
      exportedAt,
      ...(settings.stores && { stores: settings.stores }),
    });
    if (built.kind !== 'built') return built;
    const sealing =
      passphrase === null
        ? { kind: 'sealed' as const, file: built.bytes }
        : await sealed(hands, { bytes: built.bytes, passphrase, exportedAt, options });
    if (sealing.kind !== 'sealed') return sealing;
    const { counts, state, damaged } = built;
    const { file: bytes } = sealing;
    const { fileName: name } = settings;
    // Handing so much to a digest is a task of its own.
    await options.pause?.();
    return {
      kind: 'built',
      file: { name, bytes, hash: await digest(bytes), counts, state, damaged, replaced, leftOut, unreadable },
    };
  });
}

function isChosen({ store, id }: Envelope, settings: ExportSettings): boolean {
  return isStoreChosen(store, settings) && (settings.only.get(store)?.has(id) ?? true);
}

function isStoreChosen(store: string, { stores }: ExportSettings): boolean {
  return stores?.includes(store) ?? true;
}

import type { PatientLike } from '../../../machines/export.types.ts';
import { sizeHint } from '../../bundle/batches.ts';
import type { BundleDomain } from '../../bundle/domain.ts';
import { createPace, type PaceOptions } from '../../bundle/pace.ts';
import type { Envelope } from '../../vault/types.ts';

/** A hint needs no more of them. */
const SHOWN_PLACES = 20;

/**
 * Looks for values that look like those of a patient, before they leave in a file that everybody can read. A query:
 * `SET` brings what it found to `export`. It tells fields, such as `PID-5`, and never a value (I22).
 */
export async function findPatientLike(
  records: Iterable<Envelope>,
  { stores }: Pick<BundleDomain, 'stores'>,
  options: PaceOptions,
): Promise<PatientLike> {
  const pace = createPace(options);
  const places = new Set<string>();
  let found = 0;
  for (const { store, data } of records) {
    const here = stores.get(store)?.patientLike?.(data) ?? [];
    if (here.length > 0) found += 1;
    for (const place of here) if (places.size < SHOWN_PLACES) places.add(place);
    if (pace.spend(4 * sizeHint(data))) await pace.rest();
  }
  return { records: found, places: [...places] };
}

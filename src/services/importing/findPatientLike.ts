import type { PatientLook } from '../../../machines/export.types.ts';
import { sizeHint } from '../../bundle/batches.ts';
import type { BundleDomain } from '../../bundle/domain.ts';
import { createPace, type PaceOptions } from '../../bundle/pace.ts';
import type { Envelope } from '../../vault/types.ts';

/**
 * Looks for values that look like those of a patient, before they leave in a file that everybody can read. A query:
 * `SET` brings what it found to `export`, which counts what is chosen of it. It tells fields, such as `PID-5`, and never
 * a value (I22).
 */
export async function findPatientLike(
  records: Iterable<Envelope>,
  { stores }: Pick<BundleDomain, 'stores'>,
  options: PaceOptions,
): Promise<PatientLook> {
  const pace = createPace(options);
  const found: PatientLook[number][] = [];
  for (const { store, id, data } of records) {
    const places = stores.get(store)?.patientLike?.(data) ?? [];
    if (places.length > 0) found.push({ store, id, places });
    if (pace.spend(4 * sizeHint(data))) await pace.rest();
  }
  return found;
}

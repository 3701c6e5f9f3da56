import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import { BUNDLE_VERSION, FORMAT } from './format.ts';

/**
 * Fills in what stands behind the records in a file that ends in the middle, so that the records before the end can be
 * judged one by one. In our own exports keys are sorted: `format` and `version` come last.
 */
export function completeCutOff(partial: Json): Json {
  if (!isPlainObject(partial) || !isPlainObject(partial.data)) return partial;
  const data = Object.fromEntries(
    Object.entries(partial.data).map(([name, part]) => [name, completePart(part)]),
  );
  const head = Object.hasOwn(partial, 'version') ? {} : { format: FORMAT, version: BUNDLE_VERSION };
  return { exportedAt: '', ...head, ...(partial as { [member: string]: Json }), data: data as Json };
}

function completePart(part: unknown): unknown {
  return isPlainObject(part) ? { updatedAt: '', version: 1, ...part } : part;
}

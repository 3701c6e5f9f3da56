import type { Json } from '../vault/types.ts';
import type { Bundle, BundleRecord } from './bundle.ts';
import { copyIdOf } from './contentId.ts';
import type { BundleStore } from './domain.ts';

/**
 * The record of a file as it would stand beside the one that is here, under an id and a name of its own.
 *
 * @param now  milliseconds since 1970: the day in its name, where the file has none
 * @returns `undefined` where the store makes no copies
 */
export function copyBeside(
  record: BundleRecord,
  { bundle, store, now }: { bundle: Pick<Bundle, 'exportedAt'>; store: BundleStore | undefined; now: number },
): { readonly id: string; readonly data: Json } | undefined {
  if (!store?.copyOf) return undefined;
  const id = copyIdOf(record);
  const day = (bundle.exportedAt ?? new Date(now).toISOString()).slice(0, 10);
  return { id, data: store.copyOf(record.data, { id, day }) };
}

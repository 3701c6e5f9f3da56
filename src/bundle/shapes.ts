import * as z from 'zod/mini';
import { ExportedApart, ExportedPart, ExportedRecord } from './format.ts';

// What the reader asks of each level by itself: what lies inside is read one by one, so that a page can breathe and
// every fault has its own place.

/** A part, whatever its list holds. `data` is judged by the store. */
export const PartShape = z.looseObject({
  ...ExportedPart.shape,
  checksum: z.string(),
  data: z.array(z.unknown()),
});

/** A record, whatever its data is. A checksum of the wrong form is one that does not match. */
export const RecordShape = z.looseObject({
  ...ExportedRecord.shape,
  checksum: z.string(),
  data: z.unknown(),
});

export const ApartShape = z.array(ExportedApart);

/** An envelope of the seed's format. It has no list of its own: `data` is what the store makes of it. */
export const SeedPartShape = z.looseObject({
  checksum: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.int().check(z.nonnegative()),
});

/** Where a shape does not fit, as a path behind the name of what was judged. */
export function whereMisshapen(shape: z.ZodMiniType, value: unknown): string | undefined {
  const result = shape.safeParse(value);
  if (result.success) return undefined;
  return pathText(result.error.issues.slice(0, 1).flatMap(({ path }) => path));
}

/** `.data[1].id` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
}

import { inBatches, sizeHint } from '../../bundle/batches.ts';
import type { BundleSource } from '../../bundle/buildBundle.ts';
import type { BundleDomain } from '../../bundle/domain.ts';
import { createNumbering } from '../../bundle/numbering.ts';
import { createPace, type PaceOptions } from '../../bundle/pace.ts';
import { whyNotCarried } from '../../bundle/whyNotCarried.ts';
import { digestRecord } from '../../vault/envelope.ts';
import type { Digest } from '../../vault/sha256.ts';
import type { Aside, Envelope, Json } from '../../vault/types.ts';

export interface TestData extends Required<BundleSource> {
  readonly records: readonly Envelope[];
  /** Records that are not as they are stored. */
  readonly replaced: number;
  /** Of these nobody can say what they hold: damaged, or of an unknown shape. Nothing can be replaced in them. */
  readonly leftOut: number;
}

/**
 * Copies of records with made-up values in the place of what looks like a patient's, sealed anew. The same value is the same
 * made-up one in all of them, numbered in the order of the file. A record that fails its checksum is never changed as if it
 * were sound: it is left out, and so are bytes that were found damaged.
 */
export async function withTestValues(
  { records, asides }: { records: readonly Envelope[]; asides: readonly Aside[] },
  { stores }: Pick<BundleDomain, 'stores'>,
  { digest, ...pacing }: PaceOptions & { digest: Digest },
): Promise<TestData> {
  const numberOf = createNumbering();
  const made: Envelope[] = [];
  let replaced = 0;
  const inOrder = [...records].sort(byStoreAndId);
  for await (const batch of inBatches(inOrder, createPace(pacing), ({ data }) => sizeHint(data))) {
    const found = await Promise.all(batch.map((record) => digestRecord(record, digest)));
    const sound = batch.filter(({ checksum }, i) => checksum === found[i]);
    const anew = sound.map((record) => [record, dataFor(record)] as const);
    for (const record of await Promise.all(anew.map(sealed))) {
      if (!record) continue;
      made.push(record.now);
      if (record.now.checksum !== record.was.checksum) replaced += 1;
    }
  }
  return { records: made, asides: [], replaced, leftOut: records.length - made.length + asides.length };

  function dataFor({ store, data }: Envelope): Json | undefined {
    const known = stores.get(store);
    if (!known || whyNotCarried({ data })) return undefined;
    return known.withTestValues ? known.withTestValues(data, numberOf) : data;
  }

  async function sealed([was, data]: readonly [Envelope, Json | undefined]) {
    return data === undefined
      ? undefined
      : { was, now: { ...was, data, checksum: await digestRecord({ ...was, data }, digest) } };
  }
}

function byStoreAndId(one: Envelope, other: Envelope): number {
  if (one.store !== other.store) return one.store < other.store ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

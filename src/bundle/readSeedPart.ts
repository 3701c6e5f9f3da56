import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import { sizeHint } from './batches.ts';
import type { BundleRecord, Unusable } from './bundle.ts';
import { pastDate } from './dates.ts';
import type { BundleStore, SeedRow } from './domain.ts';
import { dotted, noteOddities, type PartReading, type Reading } from './reading.ts';
import { atPath } from './refusal.ts';
import { seedSum } from './seedSum.ts';
import { SeedPartShape, whereMisshapen } from './shapes.ts';

/** Reads one store of the earlier app's export: an envelope with its 32-bit hash over the data. */
export async function readSeedPart(
  name: string,
  part: unknown,
  { store, reading }: { store: BundleStore; reading: Reading },
): Promise<PartReading> {
  const fault = (code: Unusable['code'], at: string): PartReading => ({
    records: [],
    faults: [{ store: name, code, at: name + dotted(at) }],
  });
  if (!isPlainObject(part)) return fault('schema', '');
  const { version, data, checksum, createdAt, updatedAt } = part as { [member: string]: Json };
  // Newer wins over whatever else is wrong with it (durability 1).
  if (Number.isInteger(version) && Number(version) > store.version) return fault('newer-version', 'version');
  const misshapen = whereMisshapen(SeedPartShape, part);
  if (misshapen !== undefined) return fault('schema', misshapen);
  if (data === undefined) return fault('schema', 'data');

  const { warnings, now, pace } = reading;
  for (const member of Object.keys(part)) {
    if (!ENVELOPE.has(member)) warnings.add('unknown-member', name, { name: member });
  }
  for (const [member, date] of Object.entries({ createdAt, updatedAt })) {
    if (pastDate(String(date), now) === undefined)
      warnings.add('bad-date', name, { at: atPath(`${name}.${member}`) });
  }
  if (version === 0) warnings.add('legacy-v0', name);

  const isIntact = (await seedSum(data, pace)) === checksum;
  const taken = store.fromSeed(data, Number(version));
  if (taken.kind === 'unsound') {
    return fault(isIntact ? 'schema' : 'checksum-mismatch', isIntact ? taken.at : 'checksum');
  }
  if (store.isMain && taken.rows.length === 0) warnings.add('empty-part', name);
  const rows = await readRows(taken.rows, {
    name,
    store,
    reading,
    dates: { createdAt: String(createdAt), updatedAt: String(updatedAt) },
  });
  if (isIntact) return rows;
  // A finding, not proof of loss: rows that are sound one by one can still be offered (hl7.md 3.5).
  return {
    records: rows.records,
    faults: [{ store: name, code: 'checksum-mismatch', at: `${name}.checksum` }, ...rows.faults],
  };
}

const ENVELOPE = new Set(['version', 'createdAt', 'updatedAt', 'checksum', 'data']);

/** Rows of an older or foreign file as records, with what is odd about each. */
export async function readRows(
  rows: readonly SeedRow[],
  {
    name,
    store,
    reading,
    dates,
  }: {
    name: string;
    store: BundleStore;
    reading: Reading;
    /** Of the envelope, for rows that say nothing themselves. */
    dates: { createdAt?: string; updatedAt?: string };
  },
): Promise<PartReading> {
  const records: BundleRecord[] = [];
  const faults: Unusable[] = [];
  const seen = new Set<string>();
  const { now, pace, warnings } = reading;
  for (const row of rows) {
    if (row.kind === 'unsound') {
      faults.push({ store: name, code: 'schema', at: name + dotted(row.at) });
      continue;
    }
    const { id, data } = row;
    const at = `${name}[${records.length + faults.length}]`;
    for (const remark of row.remarks ?? [])
      warnings.add(remark.code, name, { at: atPath(at + dotted(remark.at)) });
    noteOddities({ store: name, id, data }, store, { at, seen, warnings, now });
    const createdAt = pastDate(row.createdAt ?? dates.createdAt ?? '', now);
    const updatedAt = pastDate(dates.updatedAt ?? '', now);
    records.push({
      store: name,
      id,
      data,
      ...(createdAt !== undefined && { createdAt }),
      ...(updatedAt !== undefined && { updatedAt }),
    });
    if (pace.spend(sizeHint(data))) await pace.rest();
  }
  return { records, faults };
}

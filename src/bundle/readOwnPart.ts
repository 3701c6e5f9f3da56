import { toBytes } from '../vault/bytes.ts';
import { canonical } from '../vault/canonical.ts';
import { inBatches, sizeHint } from './batches.ts';
import type { BundleRecord, Unusable } from './bundle.ts';
import { pastDate } from './dates.ts';
import type { BundleStore } from './domain.ts';
import { ExportedPart, ExportedRecord } from './format.ts';
import { isNewer, type JudgedRecord, judgeRecord } from './judgeRecord.ts';
import { dotted, noteOddities, type PartReading, type Reading } from './reading.ts';
import { type Exported, partFrame } from './recordText.ts';
import { atPath } from './refusal.ts';
import { PartShape, whereMisshapen } from './shapes.ts';

type Part = Pick<Exported, 'checksum' | 'createdAt' | 'updatedAt' | 'version'> & { data: unknown[] };

/**
 * Reads one store of our own export: every record by its own checksum, and all of them together by the part's.
 *
 * @param store  `undefined` for a store that this build does not know: then only bytes are checked, and no schema
 */
export async function readOwnPart(
  name: string,
  part: unknown,
  { store, reading }: { store: BundleStore | undefined; reading: Reading },
): Promise<PartReading> {
  const faults: Unusable[] = [];
  const fail = (code: Unusable['code'], at: string): PartReading => {
    faults.push({ store: name, code, at: name + dotted(at) });
    return { records: [], faults };
  };
  if (isNewer(part, store)) return fail('newer-version', 'version');
  const misshapen = whereMisshapen(PartShape, part);
  if (misshapen !== undefined) return fail('schema', misshapen);

  const found = part as Part;
  noteHead(name, found, reading);
  if (store?.isMain && found.data.length === 0) reading.warnings.add('empty-part', name);
  // Beside each other: the digest of the whole takes about as long as those of its records.
  const [isWhole, read] = await Promise.all([
    isProven(found, reading),
    reading.pace.rest().then(() => readRecords(name, found.data, { store, reading })),
  ]);
  if (!isWhole) fail('checksum-mismatch', 'checksum');
  return { records: read.records, faults: [...faults, ...read.faults] };
}

async function readRecords(
  name: string,
  data: readonly unknown[],
  { store, reading }: { store: BundleStore | undefined; reading: Reading },
): Promise<PartReading> {
  const records: BundleRecord[] = [];
  const faults: Unusable[] = [];
  const seen = new Set<string>();
  const { pace, now, warnings } = reading;
  for await (const batch of inBatches(data, pace, sizeOf)) {
    const judged = await Promise.all(batch.map((value) => judgeRecord(value, name, { store, reading })));
    for (const one of judged) {
      const at = `${name}[${records.length + faults.length}]`;
      if (one.kind === 'unusable') {
        faults.push({ store: name, code: one.code, at: at + dotted(one.at) });
        continue;
      }
      noteRecord(one, at, reading);
      if (store) noteOddities(one.record, store, { at, seen, warnings, now });
      records.push(one.record);
    }
  }
  return { records, faults };
}

/** As the file has it; or, where somebody formatted the file anew, as it would be in canonical form. */
async function isProven(part: Part, { bytesWithout, digest, pace }: Reading): Promise<boolean> {
  const { checksum, createdAt, updatedAt, version, data } = part;
  const bytes = bytesWithout(part, `"checksum":${JSON.stringify(checksum)}`);
  if (bytes && (await digest(bytes)) === checksum) return true;
  const texts: string[] = [];
  for (const value of data) {
    const text = canonical(value);
    texts.push(text);
    if (pace.spend(text.length)) await pace.rest();
  }
  const [before, behind] = partFrame({ createdAt, updatedAt, version });
  return (await digest(toBytes(before + texts.join(',') + behind))) === checksum;
}

function noteHead(name: string, part: Part, { warnings, now }: Reading): void {
  noteMembersBeyond(ExportedPart.shape, part, { name, warnings });
  for (const member of ['createdAt', 'updatedAt'] as const)
    if (!pastDate(part[member], now)) warnings.add('bad-date', name, { at: atPath(`${name}.${member}`) });
}

function noteRecord(
  { found, record }: Extract<JudgedRecord, { kind: 'usable' }>,
  at: string,
  { warnings, now }: Reading,
): void {
  noteMembersBeyond(ExportedRecord.shape, found, { name: record.store, warnings });
  if (!pastDate(found.createdAt, now) || !pastDate(found.updatedAt, now))
    warnings.add('bad-date', record.store, { at: atPath(at) });
}

function noteMembersBeyond(
  known: object,
  value: object,
  { name, warnings }: Pick<Reading, 'warnings'> & { name: string },
): void {
  for (const member of Object.keys(value))
    if (!Object.hasOwn(known, member)) warnings.add('unknown-member', name, { name: member });
}

function sizeOf(record: unknown): number {
  return sizeHint(((record ?? {}) as { data?: unknown }).data);
}

import { toBytes } from '../vault/bytes.ts';
import { canonical, isPlainObject } from '../vault/canonical.ts';
import { contentText } from '../vault/envelope.ts';
import { sha256 } from '../vault/sha256.ts';
import type { Json } from '../vault/types.ts';
import { upgrade } from '../vault/upgrade.ts';
import type { BundleRecord, Unusable } from './bundle.ts';
import { pastDate } from './dates.ts';
import type { BundleStore } from './domain.ts';
import { ExportedPart, ExportedRecord } from './format.ts';
import { dotted, noteOddities, type PartReading, type Reading } from './reading.ts';
import { type Exported, partText, recordText } from './recordText.ts';
import { atPath } from './refusal.ts';
import { PartShape, RecordShape, whereMisshapen } from './shapes.ts';

type Part = Pick<Exported, 'checksum' | 'createdAt' | 'updatedAt' | 'version'> & { data: Json[] };

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
  const fail = (code: Unusable['code'], at: string) =>
    faults.push({ store: name, code, at: name + dotted(at) });
  const whole = isNewer(part, store) ? 'version' : undefined;
  if (whole) fail('newer-version', whole);
  const misshapen = whole ?? whereMisshapen(PartShape, part);
  if (misshapen !== undefined) {
    if (!whole) fail('schema', misshapen);
    return { records: [], faults };
  }

  const { checksum, createdAt, updatedAt, version, data } = part as Part;
  const { warnings, now, pace, digest } = reading;
  const extras = (value: object, known: object) => {
    for (const member of Object.keys(value))
      if (!Object.hasOwn(known, member)) warnings.add('unknown-member', name, { name: member });
  };
  extras(part as Part, ExportedPart.shape);
  if (data.length === 0) warnings.add('empty-part', name);
  for (const [member, date] of Object.entries({ createdAt, updatedAt }))
    if (!pastDate(date, now)) warnings.add('bad-date', name, { at: atPath(`${name}.${member}`) });

  const records: BundleRecord[] = [];
  const texts: string[] = [];
  const seen = new Set<string>();
  for (const [i, value] of data.entries()) {
    const judged = judgeRecord(value, name, store);
    texts.push(judged.text);
    if (judged.kind === 'unusable') fail(judged.code, `[${i}]${dotted(judged.at)}`);
    else {
      const { record } = judged;
      extras(value as object, ExportedRecord.shape);
      const at = `${name}[${i}]`;
      if (!pastDate(record.createdAt, now) || !pastDate(record.updatedAt, now))
        warnings.add('bad-date', name, { at: atPath(at) });
      if (store) noteOddities(record, store, { at, seen, warnings, now });
      records.push(record);
    }
    if (pace.spend(2 * judged.text.length)) await pace.rest();
  }
  const found = await digest(toBytes(partText({ createdAt, updatedAt, version }, texts)));
  if (found !== checksum) faults.unshift({ store: name, code: 'checksum-mismatch', at: `${name}.checksum` });
  return { records, faults };
}

type Judged = { text: string } & (
  | { kind: 'usable'; record: BundleRecord & Pick<Exported, 'createdAt' | 'updatedAt'> }
  | { kind: 'unusable'; code: Unusable['code']; at: string }
);

/** In the order of durability 1: newer, shape, checksum, schema, age. */
function judgeRecord(value: Json, name: string, store: BundleStore | undefined): Judged {
  const misshapen = whereMisshapen(RecordShape, value);
  if (misshapen !== undefined || !isPlainObject(value)) {
    const code = isNewer(value, store) ? 'newer-version' : 'schema';
    return { kind: 'unusable', code, at: misshapen ?? '', text: canonical(value) };
  }
  const record = value as unknown as Exported;
  const data = canonical(record.data);
  // Members that we do not know are covered by the part's checksum.
  const isPlain = Object.keys(value).length === Object.keys(ExportedRecord.shape).length;
  const text = isPlain ? recordText(record, data) : canonical(value);
  const unusable = (code: Unusable['code'], at: string): Judged => ({ kind: 'unusable', code, at, text });
  if (isNewer(value, store)) return unusable('newer-version', 'version');
  if (record.store !== name) return unusable('schema', 'store');
  if (sha256(contentText(record, data)) !== record.checksum) return unusable('checksum-mismatch', 'checksum');
  const { id, checksum, createdAt, updatedAt, version } = record;
  const unsound = store?.whereUnsound(record.data, version);
  if (unsound !== undefined) return unusable('schema', `data${dotted(unsound)}`);
  const usable = { store: name, id, data: record.data, createdAt, updatedAt, checksum };
  if (!store || version === store.version) return { kind: 'usable', record: usable, text };
  try {
    const upgraded = upgrade({ ...record, rev: 1 }, store);
    return { kind: 'usable', record: { ...usable, data: upgraded }, text };
  } catch {
    // A migration throws when it cannot: that record is not usable here, and the others are.
    return unusable('schema', 'data');
  }
}

function isNewer(value: unknown, store: BundleStore | undefined): boolean {
  if (!store || !isPlainObject(value)) return false;
  return Number.isInteger(value.version) && Number(value.version) > store.version;
}

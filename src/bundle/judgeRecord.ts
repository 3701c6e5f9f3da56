import { isPlainObject } from '../vault/canonical.ts';
import { digestRecord } from '../vault/envelope.ts';
import { upgrade } from '../vault/upgrade.ts';
import type { BundleRecord, Unusable } from './bundle.ts';
import type { BundleStore } from './domain.ts';
import { ExportedRecord } from './format.ts';
import { dotted, type Reading } from './reading.ts';
import type { Exported } from './recordText.ts';
import { RecordShape, whereMisshapen } from './shapes.ts';

export type JudgedRecord =
  | { kind: 'usable'; record: BundleRecord; found: Exported }
  | { kind: 'unusable'; code: Unusable['code']; at: string };

/** Judges a record of our own export in the order of durability 1: newer, shape, checksum, schema, age. */
export async function judgeRecord(
  value: unknown,
  name: string,
  { store, reading }: { store: BundleStore | undefined; reading: Reading },
): Promise<JudgedRecord> {
  const unusable = (code: Unusable['code'], at: string) => ({ kind: 'unusable', code, at }) as const;
  if (isNewer(value, store)) return unusable('newer-version', 'version');
  const misshapen = whereMisshapen(RecordShape, value);
  if (misshapen !== undefined) return unusable('schema', misshapen);
  const found = value as Exported;
  if (found.store !== name) return unusable('schema', 'store');
  if (!(await isProven(found, reading))) return unusable('checksum-mismatch', 'checksum');
  const { id, checksum, createdAt, updatedAt, version, data } = found;
  const unsound = store?.whereUnsound(data, version);
  if (unsound !== undefined) return unusable('schema', `data${dotted(unsound)}`);
  const record = { store: name, id, data, createdAt, updatedAt, checksum };
  try {
    return { kind: 'usable', found, record: { ...record, data: upgrade({ ...found, rev: 1 }, store) } };
  } catch {
    // A migration throws when it cannot: that record is not usable here, and the others are.
    return unusable('schema', 'data');
  }
}

const MEMBERS = Object.keys(ExportedRecord.shape).length;

/** A schema version above this build's: whatever else is wrong, that is the answer. */
export function isNewer(value: unknown, store: BundleStore | undefined): boolean {
  if (!store || !isPlainObject(value)) return false;
  return Number.isInteger(value.version) && Number(value.version) > store.version;
}

async function isProven(record: Exported, { bytesWithout, digest }: Reading): Promise<boolean> {
  const { checksum } = record;
  // Members that we do not know are covered by the part's checksum, not by the record's.
  const isPlain = Object.keys(record).length === MEMBERS;
  const bytes = isPlain ? bytesWithout(record, `"checksum":${JSON.stringify(checksum)}`) : undefined;
  if (bytes && (await digest(bytes)) === checksum) return true;
  return (await digestRecord(record, digest)) === checksum;
}

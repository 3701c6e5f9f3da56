import { canonical, isPlainObject } from './canonical.ts';
import { contentText } from './envelope.ts';
import type { Rules, StoreRules } from './rules.ts';
import { seedChecksum } from './seedChecksum.ts';
import { sha256 } from './sha256.ts';
import type { Envelope, RecordClass } from './types.ts';

/**
 * Judges one record of our own format, in the order of durability 1: the first class that applies wins, and newer wins
 * over every kind of damage. Never throws, whatever the value is.
 */
export function classifyRecord(value: unknown, rules: Rules): RecordClass {
  if (value === undefined) return 'missing';
  if (!isPlainObject(value)) return 'corrupt:shape';
  const rule = typeof value.store === 'string' ? rules.get(value.store) : undefined;
  if (isNewer(value.version, rule)) return 'newer-version';
  if (!isEnvelope(value)) return 'corrupt:shape';
  const text = textOf(() => contentText(value, canonical(value.data)));
  if (text === undefined) return 'corrupt:shape';
  if (sha256(text) !== value.checksum) return 'corrupt:checksum';
  return classifyContent(value, rule);
}

/** The rest of the decision, for a record whose bytes are proven: schema, then age. */
export function classifyContent(record: Envelope, rule: StoreRules | undefined): RecordClass {
  if (isNewer(record.version, rule)) return 'newer-version';
  if (rule === undefined) return 'ok';
  if (!rule.isSound(record.data, record.version)) return 'corrupt:shape';
  return record.version < rule.version ? 'needs-migration' : 'ok';
}

/**
 * Judges what the seed stored for one store: its envelope with the weak 32-bit checksum, or the bare list of version 0.
 * A sound one is always `needs-migration`, never `ok`. Never throws.
 */
export function classifySeedRecord(value: unknown, rule: StoreRules): RecordClass {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return rule.isSound(value, 0) ? 'needs-migration' : 'corrupt:shape';
  if (!isPlainObject(value)) return 'corrupt:shape';
  const { version, createdAt, updatedAt, checksum, data } = value;
  if (isNewer(version, rule)) return 'newer-version';
  if (!isVersion(version) || typeof createdAt !== 'string' || typeof updatedAt !== 'string')
    return 'corrupt:shape';
  if (typeof checksum !== 'string') return 'corrupt:shape';
  const found = textOf(() => seedChecksum(data));
  if (found === undefined) return 'corrupt:shape';
  if (found !== checksum) return 'corrupt:checksum';
  return rule.isSound(data, version) ? 'needs-migration' : 'corrupt:shape';
}

/** The types of all eight members; says nothing of their truth. */
export function isEnvelope(value: unknown): value is Envelope {
  if (!isPlainObject(value)) return false;
  const { checksum, createdAt, data, id, rev, store, updatedAt, version } = value;
  return (
    typeof checksum === 'string' &&
    typeof createdAt === 'string' &&
    typeof updatedAt === 'string' &&
    typeof id === 'string' &&
    typeof store === 'string' &&
    data !== undefined &&
    isVersion(rev) &&
    rev > 0 &&
    isVersion(version) &&
    version > 0
  );
}

function isNewer(version: unknown, rule: StoreRules | undefined): boolean {
  return rule !== undefined && isVersion(version) && version > rule.version;
}

function isVersion(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** `undefined` for what no JSON can hold: it was never stored as a record. */
function textOf(make: () => string | undefined): string | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

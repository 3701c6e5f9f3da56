import type { Digest } from '../vault/sha256.ts';
import type { Json } from '../vault/types.ts';
import type { BundleRecord, Unusable } from './bundle.ts';
import type { BundleDomain, BundleStore, Remark } from './domain.ts';
import { oddName } from './oddName.ts';
import type { Pace } from './pace.ts';
import { atPath } from './refusal.ts';
import type { Warnings } from './warnings.ts';

/** What every step of reading a file has at hand. */
export interface Reading {
  readonly domain: BundleDomain;
  readonly digest: Digest;
  /** Milliseconds since 1970, to tell odd dates. */
  readonly now: number;
  readonly pace: Pace;
  readonly warnings: Warnings;
  /**
   * The bytes of an object as they stand in the file, but for a first member. `undefined` where that is not what the
   * file has there, and where a byte is not a character. Saves making canonical text of what is canonical already.
   */
  readonly bytesWithout: (object: object, firstMember: string) => Uint8Array<ArrayBuffer> | undefined;
}

/** What one part of a file came to. With faults, the records are what could be taken all the same. */
export interface PartReading {
  readonly records: BundleRecord[];
  readonly faults: Unusable[];
}

/** Longer ids are legal, and odd. */
const ID_LENGTH = 1_000;

/** Tells what is odd about records that can be taken (I20). */
export function noteOddities(
  record: Pick<BundleRecord, 'store' | 'id' | 'data'>,
  store: BundleStore,
  { at, seen, warnings, now }: { at: string; seen: Set<string> } & Pick<Reading, 'warnings' | 'now'>,
): void {
  const { data, id } = record;
  const add = (code: Remark['code'], where: string) =>
    warnings.add(code, record.store, { at: atPath(at + dotted(where)) });
  for (const remark of store.remarks?.(data, { now }) ?? []) add(remark.code, remark.at);
  if (seen.has(id)) add('duplicate-id', '');
  seen.add(id);
  if (id === '' || id.length > ID_LENGTH) warnings.add('odd-id', record.store, { at: atPath(at) });
  const name = store.nameOf?.(data);
  if (name !== undefined && oddName(name)) warnings.add('odd-name', record.store, { at: atPath(at) });
  if (hasLoneSurrogate(data)) warnings.add('lone-surrogate', record.store, { at: atPath(at) });
  for (const name of store.unknownMembers?.(data) ?? [])
    warnings.add('unknown-member', record.store, { name });
  for (const name of store.withheldMembers?.(data) ?? []) warnings.add('withheld', record.store, { name });
}

/** `createdAt` behind a name becomes `.createdAt`; `[2]` and `.x` stay. */
export function dotted(path: string): string {
  return path === '' || path.startsWith('[') || path.startsWith('.') ? path : `.${path}`;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** UTF-8 cannot carry them: whoever passes such text on has to know. */
function hasLoneSurrogate(data: Json): boolean {
  if (typeof data === 'string') return LONE_SURROGATE.test(data);
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(data).some(([key, value]) => LONE_SURROGATE.test(key) || hasLoneSurrogate(value));
}

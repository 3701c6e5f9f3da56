import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import type { Apart, Bundle, BundleRecord, Unusable } from './bundle.ts';
import { pastDate } from './dates.ts';
import { BUNDLE_VERSION, ExportFile, FORMAT } from './format.ts';
import { verdictOn } from './judge.ts';
import { lockOf } from './lockShape.ts';
import type { Reading } from './reading.ts';
import { readOwnPart } from './readOwnPart.ts';
import { readSeedPart } from './readSeedPart.ts';
import { atPath, refusal } from './refusal.ts';
import { ApartShape, whereMisshapen } from './shapes.ts';
import type { Checked, Refused } from './verdict.ts';

type Members = { readonly [member: string]: Json };

/** Looks like an export of this family of apps, sound or not. */
export function isBundleLike(value: Json): value is { [member: string]: Json } {
  return isPlainObject(value) && (Object.hasOwn(value, 'application') || Object.hasOwn(value, 'exportedAt'));
}

/** Reads an export, the earlier app's or our own: whose it is, which format, then part by part. */
export async function readBundle(file: Members, reading: Reading): Promise<Checked> {
  const refused = refuseByHead(file, reading);
  if (refused) return refused;
  const isOwn = Object.hasOwn(file, 'format');
  if (isOwn && Object.hasOwn(file, 'locked')) return lockOf(file);

  const { data, exportedAt } = file;
  if (!isPlainObject(data)) return refusal('schema', { at: atPath('data') });
  if (typeof exportedAt !== 'string') return refusal('schema', { at: atPath('exportedAt') });
  const { domain, now, warnings } = reading;
  const date = pastDate(exportedAt, now) ?? null;
  if (date === null) warnings.add('bad-date', null, { at: atPath('exportedAt') });
  for (const member of Object.keys(file)) {
    const isKnown = Object.hasOwn(ExportFile.shape, member);
    if (!isKnown || (!isOwn && member === 'apart')) warnings.add('unknown-member', null, { name: member });
  }
  const apart = isOwn ? readApart(file.apart, reading) : [];
  if (apart === undefined) return refusal('schema', { at: atPath('apart') });

  const stores: string[] = [];
  const records: BundleRecord[] = [];
  const untaken: BundleRecord[] = [];
  const faults: Unusable[] = [];
  for (const [name, part] of Object.entries(data)) {
    const store = domain.stores.get(name);
    if (!store) {
      warnings.add('unknown-store', null, { name });
      if (isOwn) append(untaken, (await readOwnPart(name, part, { store, reading })).records);
      continue;
    }
    const read = isOwn
      ? await readOwnPart(name, part, { store, reading })
      : await readSeedPart(name, part, { store, reading });
    stores.push(name);
    append(records, read.records);
    append(faults, read.faults);
  }
  const main = [...domain.stores].filter(([, { isMain }]) => isMain).map(([name]) => name);
  if (main.length > 0 && !main.some((name) => stores.includes(name)))
    for (const name of main) warnings.add('missing-part', name);

  const bundle: Omit<Bundle, 'unusable'> = {
    source: isOwn ? 'own' : 'seed',
    exportedAt: date,
    stores,
    records,
    untaken,
    apart,
  };
  return verdictOn(bundle, faults, { label: isOwn ? 'strong-checksum' : 'weak-checksum', warnings });
}

/** Whose file, which version: before anything in it is looked at. */
function refuseByHead(file: Members, { domain }: Reading): Refused | undefined {
  if (file.application !== domain.application)
    return refusal('wrong-application', { at: atPath('application') });
  for (const [member, newest] of [
    ['version', BUNDLE_VERSION],
    ['format', FORMAT],
  ] as const) {
    const number = file[member];
    if (number === undefined && member === 'format') continue;
    if (!Number.isInteger(number) || Number(number) < 1)
      return refusal('bad-version', { at: atPath(member) });
    if (Number(number) > newest) return refusal('newer-version', { at: atPath(member) });
  }
  return undefined;
}

/** Damaged records beside the sound ones: named, never taken. `undefined` when the list is none. */
function readApart(value: Json | undefined, { warnings }: Reading): Apart[] | undefined {
  if (value === undefined) return [];
  if (whereMisshapen(ApartShape, value) !== undefined) return undefined;
  const apart = value as unknown as Apart[];
  for (const [i, { store }] of apart.entries())
    warnings.add('damaged-apart', store, { at: atPath(`apart[${i}]`) });
  return apart;
}

/** `push(...list)` overflows the stack from some 100,000 elements on. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const one of more) list.push(one);
}

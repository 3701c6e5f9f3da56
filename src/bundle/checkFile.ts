import type { Digest } from '../vault/sha256.ts';
import type { Json } from '../vault/types.ts';
import { bytesIn } from './bytesIn.ts';
import { idFor } from './contentId.ts';
import { completeCutOff } from './cutOff.ts';
import type { BundleDomain, Foreign, ForeignContext } from './domain.ts';
import { decodeText, MAX_FILE_BYTES } from './encoding.ts';
import { verdictOn } from './judge.ts';
import { createPace, type PaceOptions } from './pace.ts';
import { readBareRows } from './readBareRows.ts';
import { isBundleLike, readBundle } from './readBundle.ts';
import type { Reading } from './reading.ts';
import { readRows } from './readSeedPart.ts';
import { refusal } from './refusal.ts';
import { scanJson } from './scan.ts';
import { lineAndColumn } from './scanText.ts';
import type { Checked, Refused } from './verdict.ts';
import { createWarnings } from './warnings.ts';

export interface CheckOptions extends PaceOptions {
  readonly digest: Digest;
  /** Milliseconds since 1970: dates after it are odd. */
  readonly now: number;
}

/** So many places of numbers that may have changed are named. */
const SHOWN_PLACES = 10;

/** Before a file is read at all: is it too large? `undefined` when it may be read. */
export function refuseBySize(sizeBytes: number): Refused | undefined {
  return sizeBytes > MAX_FILE_BYTES ? refusal('too-large') : undefined;
}

/**
 * Reads a file that a person chose and says what is in it. Writes nothing, and throws for no bytes whatever.
 *
 * Large files are read in steps of a few milliseconds, with `options.pause` in between, so it may run in a page; it
 * takes and returns plain data, so it may run in a worker as well.
 *
 * @param bytes  at most 64 MiB; ask `refuseBySize` before reading them
 * @throws only the reason of `options.signal`
 */
export async function checkFile(
  bytes: Uint8Array,
  domain: BundleDomain,
  options: CheckOptions,
): Promise<Checked> {
  const pace = createPace(options);
  const decoded = await decodeText(bytes, pace);
  if (decoded.kind === 'broken') return refusal(decoded.code);
  const { text } = decoded;
  if (!/\S/.test(text)) return refusal('empty-file');

  const scan = await scanJson(text, pace);
  const bytesWithout = scan.kind === 'value' ? bytesIn({ bytes, text, spans: scan.spans }) : () => undefined;
  const { digest, now } = options;
  const reading: Reading = { domain, pace, digest, now, bytesWithout, warnings: createWarnings() };
  if (scan.kind === 'value') {
    for (const [i, at] of scan.unsafe.entries())
      reading.warnings.add('unsafe-integer', null, i < SHOWN_PLACES ? { at: lineAndColumn(text, at) } : {});
    return readJson(scan.value, reading);
  }
  const { code, at, isCutOff, partial } = scan;
  const foreign =
    code === 'not-json' && !isCutOff ? await domain.readText?.(text, foreignContext(reading)) : undefined;
  if (foreign) return readForeign(foreign, reading);
  const rest = partial === undefined ? null : await readJson(completeCutOff(partial), reading);
  return refusal(code, { at, isCutOff, salvage: rest ? salvageOf(rest) : null });
}

async function readJson(value: Json, reading: Reading): Promise<Checked> {
  if (Array.isArray(value)) return readBareRows(value, reading);
  if (isBundleLike(value)) return readBundle(value, reading);
  const foreign = await reading.domain.readJson?.(value, foreignContext(reading));
  return foreign ? readForeign(foreign, reading) : refusal('not-a-bundle');
}

function foreignContext({ now, pace, digest }: Reading): ForeignContext {
  return { now, pace, idFor: (content) => idFor(content, digest) };
}

async function readForeign({ origin, store: name, rows }: Foreign, reading: Reading): Promise<Checked> {
  const { domain, warnings } = reading;
  const store = domain.stores.get(name);
  if (!store || rows.length === 0) return refusal('not-a-bundle');
  warnings.add(origin, name);
  const { records, faults } = await readRows(rows, { name, store, reading, dates: {} });
  const bundle = {
    source: 'foreign',
    exportedAt: null,
    stores: [name],
    records,
    untaken: [],
    apart: [],
  } as const;
  return verdictOn(bundle, faults, { label: 'no-checksum', warnings });
}

/** What was whole before the file ended. Nothing proves it any more. */
function salvageOf(rest: Checked): Refused['salvage'] {
  const found = rest.kind === 'accepted' ? rest : rest.kind === 'refused' ? rest.salvage : null;
  return found && found.bundle.records.length > 0 ? { ...found, label: 'no-checksum' } : null;
}

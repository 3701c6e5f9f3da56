import { toBase64, toBytes } from '../vault/bytes.ts';
import { canonical } from '../vault/canonical.ts';
import { digestRecord } from '../vault/envelope.ts';
import { addChecksum, EMPTY_SUM, sumToHex } from '../vault/sum.ts';
import type { Aside, Envelope } from '../vault/types.ts';
import { inBatches, sizeHint } from './batches.ts';
import type { Apart } from './bundle.ts';
import { type CheckOptions, checkFile } from './checkFile.ts';
import type { BundleDomain } from './domain.ts';
import { MAX_FILE_BYTES } from './encoding.ts';
import { BUNDLE_VERSION, FORMAT } from './format.ts';
import { createPace, type Pace } from './pace.ts';
import { partFrame, recordText } from './recordText.ts';
import { whyNotCarried } from './whyNotCarried.ts';

/** What is exported: the verified records of one state of the vault, and what lies beside them damaged. */
export interface BundleSource {
  readonly records: Iterable<Envelope>;
  readonly asides?: readonly Aside[];
}

export interface BuildOptions extends CheckOptions {
  /** Only these; by default all that the domain or a record names. A store without records is an empty list. */
  readonly stores?: readonly string[];
  /** ISO 8601. */
  readonly exportedAt: string;
}

export type Built =
  | {
      kind: 'built';
      /** Canonical JSON in ASCII; read back and compared. */
      bytes: Uint8Array<ArrayBuffer>;
      /** Records by store. */
      counts: { [store: string]: number };
      /** The sum of the checksums of the records in it, as the vault's `state`. */
      state: string;
      /** Named, and in the file as they were found, apart from the rest. */
      damaged: readonly Apart[];
    }
  /** Nobody could import it again: export in parts. */
  | { kind: 'too-large'; sizeBytes: number }
  /** Read back, it was not what was written. It is not handed out. */
  | { kind: 'mismatched' };

/**
 * Writes an export in our own format, reads it back through the same checks as any file, and compares (I18).
 *
 * A record whose content is not what its checksum says does not read back. Then the file is written once more, each record
 * held against its checksum first: one that fails goes into the file as it is, apart, and is named.
 */
export async function buildBundle(
  source: BundleSource,
  domain: BundleDomain,
  options: BuildOptions,
): Promise<Built> {
  const built = await buildOnce(source, domain, options, async () => true);
  if (built.kind !== 'mismatched') return built;
  return buildOnce(
    source,
    domain,
    options,
    async (record, data) => (await digestRecord(record, options.digest, data)) === record.checksum,
  );
}

/** Nothing damaged in memory may leave as sound. `data` is canonical already. */
type IsSound = (record: Envelope, data: string) => Promise<boolean>;

async function buildOnce(
  { records, asides = [] }: BundleSource,
  domain: BundleDomain,
  { stores, exportedAt, ...options }: BuildOptions,
  isSound: IsSound,
): Promise<Built> {
  const pace = createPace(options);
  const isChosen = (store: string) => !stores || stores.includes(store);
  const apart: Apart[] = asides.filter(({ store }) => store === null || isChosen(store));
  const byStore = new Map<string, Envelope[]>();
  for (const store of stores ?? domain.stores.keys()) byStore.set(store, []);
  for (const record of records) {
    if (!isChosen(record.store)) continue;
    const list = byStore.get(record.store) ?? [];
    byStore.set(record.store, list);
    list.push(record);
  }

  const counts: { [store: string]: number } = {};
  const checksums: string[] = [];
  const pieces: Uint8Array[] = [];
  for (const [store, all] of [...byStore].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const version = domain.stores.get(store)?.version ?? all[0]?.version ?? 1;
    const part = await writePart(all, { exportedAt, version, apart, pace, isSound });
    await pace.rest();
    const checksum = await options.digest(part.bytes);
    // The checksum is the first member: keys are sorted.
    pieces.push(
      toBytes(`${pieces.length > 0 ? ',' : ''}${canonical(store)}:{"checksum":${canonical(checksum)},`),
      part.bytes.subarray(1),
    );
    counts[store] = part.checksums.length;
    for (const one of part.checksums) checksums.push(one);
  }
  const beside = apart.length > 0 ? `"apart":${canonical(apart)},` : '';
  const bytes = concatenated([
    toBytes(`{${beside}"application":${canonical(domain.application)},"data":{`),
    ...pieces,
    toBytes(`},"exportedAt":${canonical(exportedAt)},"format":${FORMAT},"version":${BUNDLE_VERSION}}`),
  ]);
  if (bytes.length > MAX_FILE_BYTES) return { kind: 'too-large', sizeBytes: bytes.length };

  await pace.rest();
  const isSame = await readsBackAs({ checksums, damaged: apart.length }, bytes, domain, options);
  if (!isSame) return { kind: 'mismatched' };
  const state = sumToHex(checksums.reduce(addChecksum, EMPTY_SUM));
  return { kind: 'built', bytes, counts, state, damaged: apart };
}

interface WriteContext {
  readonly exportedAt: string;
  readonly version: number;
  readonly apart: Apart[];
  readonly pace: Pace;
  readonly isSound: IsSound;
}

/** The bytes that a part's checksum covers, records sorted by id. What cannot be carried is set apart. */
async function writePart(
  records: readonly Envelope[],
  { exportedAt, version, apart, pace, isSound }: WriteContext,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; checksums: string[] }> {
  const pieces: Uint8Array[] = [];
  const checksums: string[] = [];
  let createdAt = exportedAt;
  let updatedAt = '';
  const inOrder = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  for await (const batch of inBatches(inOrder, pace, ({ data }) => sizeHint(data))) {
    const texts: string[] = [];
    for (const { record, text, why } of await Promise.all(batch.map((one) => writeRecord(one, isSound)))) {
      const { id, store } = record;
      if (why) apart.push({ aside: toBase64(toBytes(canonical(record))), id, store, why });
      else {
        texts.push(text);
        checksums.push(record.checksum);
        if (record.createdAt < createdAt) createdAt = record.createdAt;
        if (record.updatedAt > updatedAt) updatedAt = record.updatedAt;
      }
    }
    if (texts.length > 0) pieces.push(toBytes(`${pieces.length > 0 ? ',' : ''}${texts.join(',')}`));
  }
  // Putting large pieces together takes milliseconds of its own, as does handing them to a digest.
  await pace.rest();
  const [open, close] = partFrame({ createdAt, updatedAt: updatedAt || exportedAt, version });
  return { bytes: concatenated([toBytes(open), ...pieces, toBytes(close)]), checksums };
}

async function writeRecord(
  record: Envelope,
  isSound: IsSound,
): Promise<{ record: Envelope; text: string; why: string | undefined }> {
  const data = canonical(record.data);
  const why = (await isSound(record, data)) ? whyNotCarried(record) : 'corrupt:checksum';
  return { record, text: recordText(record, data), why };
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Record by record, by content identity: no more, no less, and all that is apart. */
async function readsBackAs(
  written: { checksums: readonly string[]; damaged: number },
  bytes: Uint8Array,
  domain: BundleDomain,
  options: CheckOptions,
): Promise<boolean> {
  const read = await checkFile(bytes, domain, options);
  if (read.kind !== 'accepted') return false;
  const { records, untaken, apart } = read.bundle;
  const found = [...records, ...untaken].map(({ checksum }) => checksum);
  return apart.length === written.damaged && found.sort().join() === written.checksums.toSorted().join();
}

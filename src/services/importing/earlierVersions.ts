import type { BundleRecord } from '../../bundle/bundle.ts';
import { createPace, type Pace, type PaceOptions } from '../../bundle/pace.ts';
import { toText } from '../../vault/bytes.ts';
import type { CommitHeader, RecordChange } from '../../vault/commit.ts';
import type { VaultState } from '../../vault/contract.ts';
import { recordKey } from '../../vault/envelope.ts';
import { commitHeader } from '../../vault/header.ts';
import { readLog } from '../../vault/history.ts';
import { digestWith } from '../../vault/sha256.ts';
import { changesOf, openSheet, type Sheet } from '../../vault/sheet.ts';
import type { Envelope, Json } from '../../vault/types.ts';
import type { Hands } from '../hands.ts';
import { openedBy } from '../opened.ts';

/**
 * Finds records of a file that this browser once had just as the file has them, and has changed since: then nobody need
 * be asked, the file is older. Proven by content identity in the log, never by dates (I15). What was undone proves
 * nothing: whoever takes an import back may want it again.
 *
 * @returns the record as it last was in both places
 * @throws StorageError when the log cannot be read
 */
export async function earlierVersions(
  { owner, environment }: Pick<Hands, 'owner' | 'environment'>,
  { records, state }: { records: readonly BundleRecord[]; state: VaultState },
  options: PaceOptions,
): Promise<(store: string, id: string) => Json | undefined> {
  const differing = new Map(
    records.filter((record) => isOther(record, state)).map((record) => [nameOf(record), record]),
  );
  if (differing.size === 0) return () => undefined;
  const pace = createPace(options);
  const { connection } = await openedBy(owner);
  const digest = digestWith(environment.subtle);
  const log = await readLog(connection);
  const undone = new Set(log.map((sheet) => commitHeader(sheet)?.undoes));
  const earlier = new Map<string, Json>();
  const wanted = new Set([...differing.values()].map(({ checksum }) => checksum));
  for (const sheet of log) {
    const header = commitHeader(sheet);
    if (!header || !(await mentions(sheet, wanted, pace))) continue;
    const changes = changesOf(await openSheet(sheet, digest), header.pages) ?? [];
    for (const version of changes.flatMap((change) => versionsIn(change, header, undone))) {
      const record = differing.get(nameOf(version));
      if (record?.checksum === version.checksum) earlier.set(nameOf(record), record.data);
    }
  }
  return (store, id) => earlier.get(recordKey(store, id));
}

/** Both images of a change; not what a commit brought that was undone, nor what its undo took away again. */
function versionsIn(
  { before, after }: RecordChange,
  { id, kind }: CommitHeader,
  undone: ReadonlySet<string | null | undefined>,
): Envelope[] {
  return [kind === 'undo' ? null : before, undone.has(id) ? null : after].filter((image) => image !== null);
}

/** Looks at the bytes alone: a large commit need not be taken apart for nothing. */
async function mentions(
  { pages }: Sheet,
  wanted: ReadonlySet<string | undefined>,
  pace: Pace,
): Promise<boolean> {
  for (const { body } of pages) {
    if (!body) continue;
    for (const [, checksum] of toText(body).matchAll(CHECKSUM)) if (wanted.has(checksum)) return true;
    if (pace.spend(body.length)) await pace.rest();
  }
  return false;
}

const CHECKSUM = /"checksum":"([0-9a-f]{64})"/g;

function isOther({ store, id, checksum }: BundleRecord, { records }: VaultState): boolean {
  const here = records.get(store)?.get(id);
  return checksum !== undefined && here !== undefined && here.checksum !== checksum;
}

function nameOf({ store, id }: Pick<Envelope, 'store' | 'id'>): string {
  return recordKey(store, id);
}

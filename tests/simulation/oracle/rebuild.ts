import type { RawDump } from '../world/dump.ts';
import {
  decodeHead,
  decodeLog,
  decodeSnapshots,
  type Found,
  type FoundChange,
  type FoundRecord,
} from './decode.ts';

/** What a store of bytes says it holds, and everything about it that does not agree with itself. */
export interface Rebuilt {
  seq: number;
  /** By `store/id`. */
  records: Map<string, FoundRecord>;
  problems: string[];
}

const MODULUS = 1n << 256n;
const keyOf = ({ store, id }: { store: string; id: string }) => `${store}/${id}`;

function stateOf(records: Iterable<FoundRecord>): string {
  let sum = 0n;
  for (const { checksum } of records) sum = (sum + BigInt(`0x${checksum}`)) % MODULUS;
  return sum.toString(16).padStart(64, '0');
}

function countOf(records: Iterable<FoundRecord>): Record<string, number> {
  const count: Record<string, number> = {};
  for (const { store } of records) count[store] = (count[store] ?? 0) + 1;
  return count;
}

function agrees(
  header: { state: string; count: Record<string, number> },
  records: Map<string, FoundRecord>,
): boolean {
  const counted = countOf(records.values());
  const stores = new Set([...Object.keys(counted), ...Object.keys(header.count)]);
  return (
    header.state === stateOf(records.values()) &&
    [...stores].every((store) => (counted[store] ?? 0) === (header.count[store] ?? 0))
  );
}

/** Applies one commit, and says where it does not follow from what was there. */
function follow(commit: Found<FoundChange>, records: Map<string, FoundRecord>): string[] {
  const problems: string[] = [];
  const squashed = commit.header.absorbed !== undefined;
  for (const { after, before } of commit.lines) {
    const key = keyOf((after ?? before) as FoundRecord);
    const was = records.get(key) ?? null;
    if ((was?.checksum ?? null) !== (before?.checksum ?? null) || (was?.rev ?? 0) !== (before?.rev ?? 0)) {
      problems.push(`seq ${commit.header.seq}: what ${key} was is not what is kept of it`);
    }
    if (after && before && !squashed && after.rev !== before.rev + 1) {
      problems.push(`seq ${commit.header.seq}: rev of ${key} goes from ${before.rev} to ${after.rev}`);
    }
    if (after) records.set(key, after);
    else records.delete(key);
  }
  if (!agrees(commit.header, records)) problems.push(`seq ${commit.header.seq}: state or count`);
  return problems;
}

/**
 * Rebuilds the records from the oldest road there is (the whole log from seq 1, else the oldest snapshot and the log
 * after it) and holds every commit and snapshot on the way against it. Nothing is believed that is not checked.
 */
export function rebuild(dump: RawDump): Rebuilt {
  const log = decodeLog(dump);
  const snapshots = decodeSnapshots(dump);
  const head = decodeHead(dump);
  const problems = [...log, ...snapshots].flatMap((found) => found.problems);
  const records = new Map<string, FoundRecord>();
  let seq = 0;
  let link: string | null = null;
  if (log[0] && (log[0].header.from ?? log[0].header.seq) > 1) {
    const base = snapshots.find(({ header }) => header.seq >= (log[0]?.header.seq ?? 0) - 1);
    if (!base)
      return { seq, records, problems: [...problems, 'no road back: the log has a beginning but no base'] };
    for (const record of base.lines) records.set(keyOf(record), record);
    if (!agrees(base.header, records)) problems.push(`snapshot ${base.header.seq}: state or count`);
    seq = base.header.seq;
    link = base.header.anchor ?? null;
  }
  for (const commit of log) {
    const { header } = commit;
    if (header.seq <= seq) continue;
    const first = header.from ?? header.seq;
    if (first !== seq + 1)
      problems.push(`seq ${header.seq}: ${first - seq - 1} commits before it are missing`);
    if (header.prev !== link) problems.push(`seq ${header.seq}: chain`);
    problems.push(...follow(commit, records));
    seq = header.to ?? header.seq;
    link = header.anchor ?? header.seal;
    for (const snapshot of snapshots.filter((other) => other.header.seq === seq)) {
      if (snapshot.header.anchor !== link) problems.push(`snapshot ${seq}: anchor`);
      if (snapshot.header.state !== stateOf(records.values())) problems.push(`snapshot ${seq}: state`);
    }
  }
  if (head ? head.seq !== seq || head.seal !== link : seq > 0)
    problems.push(`head: ${head?.seq} where the log ends at ${seq}`);
  return { seq, records, problems };
}

/** Sorted (store, id, data, createdAt): what undo, restore and import(export) must give back (durability 2). */
export function stateDump({
  records,
}: Rebuilt): [store: string, id: string, data: unknown, createdAt: string][] {
  return [...records.values()]
    .map(({ store, id, data, createdAt }): [string, string, unknown, string] => [store, id, data, createdAt])
    .sort((a, b) => (a[0] + a[1] < b[0] + b[1] ? -1 : 1));
}

/** Every content that a record has had and that the log or a snapshot still holds, by `store/id`. */
export function historyOf(dump: RawDump): Map<string, unknown[]> {
  const history = new Map<string, unknown[]>();
  const keep = (record: FoundRecord | null) => {
    if (record) history.set(keyOf(record), [...(history.get(keyOf(record)) ?? []), record.data]);
  };
  for (const { lines } of decodeLog(dump)) {
    for (const { after, before } of lines) {
      keep(before);
      keep(after);
    }
  }
  for (const { lines } of decodeSnapshots(dump)) for (const record of lines) keep(record);
  return history;
}

/** Ids of all commits, those squashed into others too. */
export function commitIds(dump: RawDump): string[] {
  return decodeLog(dump).flatMap(
    ({ header }) => header.absorbed ?? (header.id === undefined ? [] : [header.id]),
  );
}

import { createHash } from 'node:crypto';
import type { RawDump } from '../world/dump.ts';

/** Written from the layout in durability 3.2 and 3.3 alone. It shares no code with the vault, so it cannot share its bugs. */

export interface FoundRecord {
  checksum: string;
  createdAt: string;
  data: unknown;
  id: string;
  rev: number;
  store: string;
  updatedAt: string;
  version: number;
}

export interface FoundChange {
  after: FoundRecord | null;
  before: FoundRecord | null;
}

export interface FoundHeader {
  seq: number;
  seal: string;
  state: string;
  count: Record<string, number>;
  pages: string[];
  vault: string;
  /** Commits only. */
  id?: string;
  kind: string;
  prev?: string | null;
  undoes?: string | null;
  from?: number;
  to?: number;
  absorbed?: string[];
  /** Snapshots: the seal of the commit. Squashed commits: the seal that the last of them had. */
  anchor?: string;
  pin?: { name: string; days: number | null };
}

export interface Found<Line> {
  header: FoundHeader;
  lines: Line[];
  /** What is not as the layout says. Empty for a sound one. */
  problems: string[];
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

/** Keys by code unit, no whitespace, ASCII only. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([name, member]) => `${canonicalText(name)}:${canonicalText(member)}`).join(',')}}`;
  }
  const text = Object.is(value, -0) ? '0' : (JSON.stringify(value) ?? 'undefined');
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The checksum that the content and identity of a record call for. */
export function checksumOf({ createdAt, data, id, store, updatedAt, version }: FoundRecord): string {
  return sha256(canonicalText({ createdAt, data, id, store, updatedAt, version }));
}

/** Commits of the `log`, in order of seq. */
export function decodeLog(dump: RawDump): Found<FoundChange>[] {
  return decodePaged<FoundChange>(dump.log ?? [], ({ after, before }, problem) => {
    for (const record of [after, before]) if (record) checkRecord(record, problem);
    if (!after && !before) problem('changes nothing');
  });
}

/** Snapshots, in order of seq. Lines set aside are left out. */
export function decodeSnapshots(dump: RawDump): Found<FoundRecord>[] {
  const found = decodePaged<FoundRecord & { aside?: string }>(dump.snapshots ?? [], (record, problem) => {
    if (record.aside === undefined) checkRecord(record, problem);
  });
  return found.map((snapshot) => ({
    ...snapshot,
    lines: snapshot.lines.filter((line) => line.aside === undefined),
  }));
}

export function decodeHead(dump: RawDump): { seq: number; seal: string } | undefined {
  const value = dump.head?.[0]?.[1];
  return value === undefined ? undefined : JSON.parse(textOf(value));
}

function checkRecord(record: FoundRecord, problem: (what: string) => void): void {
  if (record.checksum !== checksumOf(record)) problem(`checksum of ${record.store}/${record.id}`);
  if (!Number.isSafeInteger(record.rev) || record.rev < 1) problem(`rev of ${record.store}/${record.id}`);
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw new Error('a stored value is not bytes');
  return Buffer.from(value).toString('latin1');
}

function decodePaged<Line>(
  entries: [IDBValidKey, unknown][],
  check: (line: Line, problem: (what: string) => void) => void,
): Found<Line>[] {
  const bySeq = new Map<number, { page: number; value: unknown }[]>();
  for (const [key, value] of entries) {
    const [seq, page] = key as [number, number];
    bySeq.set(seq, [...(bySeq.get(seq) ?? []), { page, value }]);
  }
  return [...bySeq].sort(([a], [b]) => a - b).flatMap(([seq, pages]) => decodeOne(seq, pages, check) ?? []);
}

/** A snapshot without page 0 is none: it was never finished. */
function decodeOne<Line>(
  seq: number,
  pages: { page: number; value: unknown }[],
  check: (line: Line, problem: (what: string) => void) => void,
): Found<Line> | undefined {
  const problems: string[] = [];
  const problem = (what: string) => void problems.push(`seq ${seq}: ${what}`);
  const first = pages.find(({ page }) => page === 0);
  if (!first) return undefined;
  const text = textOf(first.value);
  const headerLine = text.slice(0, text.indexOf('\n'));
  const header = JSON.parse(headerLine) as FoundHeader;
  const { seal, ...unsealed } = header;
  if (sha256(canonicalText(unsealed)) !== seal) problem('seal');
  if (canonicalText(header) !== headerLine) problem('header is not canonical');
  if (header.seq !== seq) problem(`lies under the key of ${header.seq}`);
  const lines: Line[] = [];
  for (const [page, digest] of header.pages.entries()) {
    const found = pages.find((other) => other.page === page);
    if (!found) {
      problem(`page ${page} is missing`);
      continue;
    }
    const body = page === 0 ? text.slice(headerLine.length + 1) : textOf(found.value);
    if (sha256(body) !== digest) problem(`digest of page ${page}`);
    for (const line of body.split('\n').slice(0, -1)) {
      const parsed = JSON.parse(line) as Line;
      if (canonicalText(parsed) !== line) problem('a line is not canonical');
      check(parsed, problem);
      lines.push(parsed);
    }
  }
  if (pages.some(({ page }) => page >= header.pages.length)) problem('a page too many');
  return { header, lines, problems };
}

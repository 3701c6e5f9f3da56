import type { Entry } from '../engines/contract.ts';
import type { Environment } from '../environment.ts';
import { isBytes, toBytes, toText } from './bytes.ts';
import { canonical, isPlainObject } from './canonical.ts';
import type { RecordChange } from './commit.ts';
import { type Digest, sha256 } from './sha256.ts';

/** One page of body lines as found. `body` is `null` where there are no bytes to look at. */
interface SheetPage {
  page: number;
  /** The stored value, header line included. */
  bytes: Uint8Array<ArrayBuffer> | null;
  body: Uint8Array<ArrayBuffer> | null;
  isUnreadable: boolean;
}

/** A commit or snapshot as found: its header, sealed or not, and its pages, not yet compared with their digests. */
export interface Sheet {
  kind: 'log' | 'snapshots';
  seq: number;
  /** What the first line holds, if it is an object at all. Not to be trusted. */
  header: { [member: string]: unknown } | null;
  /** The same, when its seal holds and it is of this place. */
  sealed: { [member: string]: unknown } | null;
  pages: readonly SheetPage[];
}

/** Groups stored pages, which come in the order of their keys, by seq, and checks each header against its seal. Never throws. */
export function toSheets(kind: Sheet['kind'], entries: readonly Entry[]): Sheet[] {
  const bySeq = new Map<number, Entry[]>();
  for (const entry of entries) {
    const seq = Number(entry.key[0]);
    const pages = bySeq.get(seq);
    if (pages) pages.push(entry);
    else bySeq.set(seq, [entry]);
  }
  return [...bySeq].map(([seq, pages]) => toSheet(kind, seq, pages));
}

/** A sheet with all that its judgement needs: the digest of each page, and its lines if they parse. */
export interface OpenSheet extends Sheet {
  pages: readonly (SheetPage & { digest: string; values: readonly unknown[] | null })[];
}

/** Digests and parses. The digest of a page is started first, so that it runs beside the parse. */
export async function openSheet(
  sheet: Sheet,
  digest: Digest,
  pause?: Environment['pause'],
): Promise<OpenSheet> {
  const opening: Promise<OpenSheet['pages'][number]>[] = [];
  for (const page of sheet.pages) {
    if (pause && opening.length > 0) await pause();
    const digesting = page.body ? digest(page.body) : '';
    const parsed = parsePage(page);
    opening.push(Promise.resolve(digesting).then((found) => ({ ...parsed, digest: found })));
  }
  return { ...sheet, pages: await Promise.all(opening) };
}

export function openSheets(sheets: readonly Sheet[], digest: Digest): Promise<OpenSheet[]> {
  return Promise.all(sheets.map((sheet) => openSheet(sheet, digest)));
}

/** Digests alone, where nobody looks at the lines. */
export async function digestSheet(sheet: Sheet, digest: Digest): Promise<OpenSheet> {
  const pages = sheet.pages.map(async (page) => ({
    ...page,
    digest: page.body ? await digest(page.body) : '',
    values: null,
  }));
  return { ...sheet, pages: await Promise.all(pages) };
}

/** The same as `openSheet` at once, for use inside a transaction. */
export function openSheetNow(sheet: Sheet): OpenSheet {
  const pages = sheet.pages.map((page) => ({
    ...parsePage(page),
    digest: page.body ? sha256(page.body) : '',
  }));
  return { ...sheet, pages };
}

/** The changes of a commit, all of them verified; `null` when any page is not as it was written. */
export function changesOf({ pages }: OpenSheet, digests: readonly string[]): RecordChange[] | null {
  if (pages.length !== digests.length) return null;
  const isSound = pages.every(({ page, digest, values }) => values && digest === digests[page]);
  return isSound ? pages.flatMap(({ values }) => values as RecordChange[]) : null;
}

/** One body line: parsed, and its bytes as found. */
export interface Line {
  page: number;
  index: number;
  /** `undefined` when it is no JSON. */
  value: unknown;
  /** The digest of its page holds. */
  isSound: boolean;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** The lines of a page, all at once where its digest holds, one by one where it does not. Never throws. */
export function linesOf(
  { page, values }: OpenSheet['pages'][number],
  body: Uint8Array<ArrayBuffer>,
  isSound: boolean,
): Line[] {
  if (isSound && values) {
    // A sound line is canonical, so that its bytes need not be kept beside what was parsed.
    return values.map((value, index) => ({
      page,
      index,
      value,
      isSound,
      bytes: () => toBytes(canonical(value)),
    }));
  }
  return splitLines(body).map((bytes, index) => ({
    page,
    index,
    value: parse(bytes),
    isSound: false,
    bytes: () => bytes,
  }));
}

function parsePage(page: SheetPage): SheetPage & { values: readonly unknown[] | null } {
  try {
    // No line holds a raw line end, so that one parse serves all lines.
    const text = page.body ? toText(page.body).slice(0, -1).replaceAll('\n', ',') : '';
    return { ...page, values: JSON.parse(`[${text}]`) as unknown[] };
  } catch {
    return { ...page, values: null };
  }
}

function splitLines(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const lines: Uint8Array<ArrayBuffer>[] = [];
  for (let start = 0; start < body.length; ) {
    const end = body.indexOf(LF, start);
    lines.push(body.subarray(start, end < 0 ? body.length : end));
    start = end < 0 ? body.length : end + 1;
  }
  return lines;
}

function parse(line: Uint8Array): unknown {
  try {
    return JSON.parse(toText(line)) as unknown;
  } catch {
    return undefined;
  }
}

const LF = 0x0a;

function toSheet(kind: Sheet['kind'], seq: number, entries: readonly Entry[]): Sheet {
  let header: Sheet['header'] = null;
  let sealed: Sheet['sealed'] = null;
  const pages = entries.map((entry): SheetPage => {
    const page = Number(entry.key[1]);
    if ('error' in entry) return { page, bytes: null, body: null, isUnreadable: true };
    const bytes = isBytes(entry.value) ? entry.value : null;
    const end = page === 0 && bytes ? bytes.indexOf(LF) : -1;
    if (bytes === null || end < 0) return { page, bytes, body: bytes, isUnreadable: false };
    const line = bytes.subarray(0, end);
    const found = parse(line);
    if (isPlainObject(found)) {
      header = found;
      if (found.seq === seq && isSealedLine(toText(line), found.seal)) sealed = found;
    }
    return { page, bytes, body: bytes.subarray(end + 1), isUnreadable: false };
  });
  return { kind, seq, header, sealed, pages };
}

/** The seal was made over the line without itself, so take it out of the text again: nothing is parsed twice. */
function isSealedLine(line: string, seal: unknown): boolean {
  return typeof seal === 'string' && sha256(line.replace(`"seal":"${seal}",`, '')) === seal;
}

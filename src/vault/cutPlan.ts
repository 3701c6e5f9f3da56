import type { Key } from '../engines/contract.ts';
import { isPlainObject } from './canonical.ts';
import { classifyRecord } from './classify.ts';
import type { Stored } from './contract.ts';
import { commitHeader, snapshotHeader } from './header.ts';
import { checkMarks, readMark } from './marks.ts';
import { damagedValue } from './quarantine.ts';
import { planRetention, type RetentionPlan } from './retention.ts';
import type { Rules } from './rules.ts';
import type { Digest } from './sha256.ts';
import { changesOf, digestSheet, type OpenSheet, openSheet, type Sheet, toSheets } from './sheet.ts';
import { type ReadCommit, squash } from './squash.ts';
import type { Quarantined } from './types.ts';

export interface CutOptions {
  /** The snapshot that was written, read back and verified just now. */
  newestSeq: number;
  rules: Rules;
  digest: Digest;
  nowMs: number;
  isPressed: boolean;
}

/** What one transaction takes away, and puts in its place. */
export interface Cut {
  deletes: readonly (readonly ['log' | 'snapshots', Key])[];
  adds: readonly (readonly [Key, Uint8Array])[];
  quarantine: readonly Quarantined[];
}

/** Marks so named keep a point until a person removes them: `{ seq }`. */
const PIN_MARK = 'pin:';

const NOTHING: RetentionPlan = { squash: [], remove: [] };

/** Decides what goes: by retention what verifies, into quarantine what does not. Reads and writes nothing. */
export async function planCut(
  stored: Stored,
  log: readonly OpenSheet[],
  olderSeq: number,
  options: CutOptions,
): Promise<Cut> {
  const { digest, nowMs, isPressed, newestSeq, rules } = options;
  const snapshots = toSheets('snapshots', stored.snapshots);
  const isOld = ({ seq }: Sheet) => seq < newestSeq && seq !== olderSeq;
  const look = (sheet: Sheet) => (snapshotHeader(sheet) ? digestSheet : openSheet)(sheet, digest);
  const old = await Promise.all(snapshots.filter(isOld).map(look));
  const commits = new Map(log.flatMap(readCommit));
  const broken = log.filter(({ seq }) => seq <= olderSeq && !commits.has(seq));
  const pinned = pinnedSeqs(stored);
  const headers = [...commits.values()].map(({ header }) => header);
  const plan = pinned ? planRetention(headers, { olderSeq, nowMs, isPressed, pinned }) : NOTHING;
  const runs = plan.squash.map((seqs) => commitsOf(commits, seqs)).filter(isUnbroken);
  const squashed = await Promise.all(runs.map((run) => squash(run, digest)));
  const going = new Set([...plan.remove, ...runs.flat().map(({ header }) => header.seq)]);
  const at = new Date(nowMs).toISOString();
  const quarantine = new Map([...old, ...broken].map((sheet) => [sheet, damagedPages(sheet, rules, at)]));
  // Making room must not need room (F26): under pressure, what would have to be copied first stays.
  const leaving = [...quarantine].filter(([, copies]) => !isPressed || copies.length === 0);
  return {
    deletes: [...log.filter(({ seq }) => going.has(seq)), ...leaving.map(([sheet]) => sheet)].flatMap(keysOf),
    adds: squashed.flatMap(({ header, pages }) =>
      pages.map((bytes, page) => [[header.seq, page], bytes] as const),
    ),
    quarantine: leaving.flatMap(([, copies]) => copies),
  };
}

function commitsOf(commits: ReadonlyMap<number, ReadCommit>, seqs: readonly number[]): ReadCommit[] {
  const wanted = new Set(seqs);
  return [...commits].filter(([seq]) => wanted.has(seq)).map(([, commit]) => commit);
}

/** A commit that verified as a whole, by its seq. */
function readCommit(sheet: OpenSheet): (readonly [number, ReadCommit])[] {
  const header = commitHeader(sheet);
  const changes = header && changesOf(sheet, header.pages);
  return changes ? [[header.seq, { header, changes }]] : [];
}

/** A hole in a run would be papered over by squashing it. */
function isUnbroken(run: readonly ReadCommit[]): run is [ReadCommit, ...ReadCommit[]] {
  return run.every(
    ({ header }, i) => i === 0 || (header.from ?? header.seq) === Number(run[i - 1]?.header.seq) + 1,
  );
}

/** What cannot be copied byte for byte stays where it lies. */
function keysOf({ kind, seq, pages }: OpenSheet): (readonly ['log' | 'snapshots', Key])[] {
  return pages.filter(({ body }) => body).map(({ page }) => [kind, [seq, page]] as const);
}

/** The pages that are not as they were written. Of a fold that did not come to its end, those with a damaged line. */
function damagedPages(sheet: OpenSheet, rules: Rules, at: string): Quarantined[] {
  const { kind, seq, pages } = sheet;
  const header = commitHeader(sheet) ?? snapshotHeader(sheet);
  const isUnfinished = ({ page, values }: OpenSheet['pages'][number]) =>
    page !== 0 && values?.every((value) => isSoundLine(value, rules));
  const isAsWritten = (found: OpenSheet['pages'][number]) =>
    header ? header.pages[found.page] === found.digest : isUnfinished(found);
  return pages.flatMap((found) =>
    found.bytes && !isAsWritten(found) ? [damagedValue(kind, [seq, found.page], found.bytes, at)] : [],
  );
}

function isSoundLine(value: unknown, rules: Rules): boolean {
  return ['ok', 'needs-migration'].includes(classifyRecord(value, rules));
}

/** `null` when a pin cannot be read: nobody knows which point it keeps, so all of them stay. */
function pinnedSeqs(stored: Stored): number[] | null {
  const pins = stored.marks.filter(({ key }) => String(key).startsWith(PIN_MARK));
  if (checkMarks(pins).length > 0) return null;
  return pins.flatMap(({ key }) => {
    const pin = readMark(stored, String(key));
    return isPlainObject(pin) && typeof pin.seq === 'number' ? [pin.seq] : [];
  });
}

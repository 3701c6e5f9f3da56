import type { Kind } from '../engines/contract.ts';
import { isPlainObject, isSameValue } from './canonical.ts';
import { classifyContent, classifyRecord, isEnvelope } from './classify.ts';
import { linkOf } from './commit.ts';
import type { Damage, VaultState, Versions } from './contract.ts';
import { type Draft, openDraft } from './draft.ts';
import { commitHeader, newerThanUs, snapshotHeader } from './header.ts';
import type { Rules } from './rules.ts';
import { type Line, linesOf, type OpenSheet, type Sheet } from './sheet.ts';
import { makeSuspect, type Suspect } from './suspect.ts';
import type { Aside, Envelope, RecordClass } from './types.ts';

const CHECKSUM = /^[0-9a-f]{64}$/;

/** A way through what is stored, from one starting point to the head, and what was met on it. */
export interface Walk {
  readonly draft: Draft;
  readonly rules: Rules;
  /** Recompute the checksum of each record, also where the digest of its page holds. */
  readonly isThorough: boolean;
  /** Newest commit taken and the seal that the next one must link to; `null` when that one is not sealed. */
  tip: VaultState['head'];
  /** It leads to the head: each commit linked to the one before from a sealed start on, or the head names the last. */
  isProven: boolean;
  /** Cleared where the head names no commit that is there: the next commit must put it right. */
  isHeadSound: boolean;
  /** The newest sealed header: what it says of the records after it is what the walk must come to. */
  promise: { count: { [store: string]: number }; state: string; vault: string; versions: Versions } | null;
  weight: { snapshotBytes: number; tailBytes: number };
  damage: Damage[];
  /** Lines that failed their checks on this walk. */
  suspects: Suspect[];
  /** Lines set aside earlier, found again. */
  carried: Aside[];
  /** Written by a newer build, as far as can be told. `isSealed`: it surely was. */
  newer: { found: Versions | { format: number }; isSealed: boolean } | null;
}

/** Starts at a verified state; at the empty one for a walk from the very first commit. */
export function beginWalk(base: VaultState, rules: Rules, isThorough = false): Walk {
  return {
    draft: openDraft(base),
    rules,
    isThorough,
    tip: base.head,
    isProven: true,
    isHeadSound: true,
    promise: null,
    weight: { ...base.weight },
    damage: [],
    suspects: [],
    carried: [],
    newer: null,
  };
}

/** Starts at a snapshot. A step for each page: between two of them a page of the browser can answer. */
export function* takeSnapshot(walk: Walk, sheet: OpenSheet): Generator<void> {
  const header = snapshotHeader(sheet);
  noteNewer(walk, newerThanUs(sheet, walk.rules), sheet.sealed !== null);
  walk.promise = header;
  walk.tip = { seq: sheet.seq, seal: header?.anchor ?? null };
  walk.weight = { snapshotBytes: bytesOf(sheet), tailBytes: 0 };
  if (header === null) reportHeader(walk, sheet);
  else walk.draft.recall(header);
  yield* takePages(walk, sheet, header?.pages ?? [], (line) => {
    const { value } = line;
    if (isAside(value)) walk.carried.push(value);
    else takeRecord(walk, line, sheet, value);
  });
  checkSum(walk, sheet);
}

/** Goes on by one commit, a step for each page. */
export function* takeCommit(walk: Walk, sheet: OpenSheet): Generator<void> {
  const header = commitHeader(sheet);
  const expected = walk.tip.seq + 1;
  const isNext = (header?.from ?? sheet.seq) === expected;
  noteNewer(walk, newerThanUs(sheet, walk.rules), sheet.sealed !== null);
  if (!isNext) report(walk, 'vanished', { kind: 'log', seq: expected }, 0);
  if (header === null) reportHeader(walk, sheet);
  else if (isNext && walk.tip.seal !== null && header.prev !== walk.tip.seal) report(walk, 'torn', sheet, 0);
  walk.isProven &&= header !== null && isNext && header.prev === walk.tip.seal;
  walk.promise = header ?? walk.promise;
  if (header) walk.draft.recall(header);
  walk.weight.tailBytes += bytesOf(sheet);
  walk.tip = { seq: sheet.seq, seal: header && linkOf(header) };
  yield* takePages(walk, sheet, header?.pages ?? [], (line) => {
    const { value } = line;
    if (!isPlainObject(value) || value.after !== null)
      takeRecord(walk, line, sheet, isPlainObject(value) ? value.after : value);
    else takeRemoval(walk, line, sheet, value.before);
  });
  checkSum(walk, sheet);
}

/** All steps at once: within a transaction, and where little is read. */
export function atOnce(steps: Generator<void>): void {
  while (!steps.next().done);
}

/** Only this proves that nothing is missing, too much, or of an older date: the sum over what was taken. */
export function addsUp({ promise, draft }: Walk): boolean {
  return promise !== null && promise.state === draft.state() && isSameValue(promise.count, draft.count());
}

/** As long as nothing else is wrong, a header that does not add up is: nothing explains it. */
function checkSum(walk: Walk, sheet: Sheet): void {
  if (walk.damage.length === 0 && !addsUp(walk)) report(walk, 'torn', sheet, 0);
}

export function report(
  walk: Walk,
  why: Damage['class'],
  { kind, seq }: { kind: Kind; seq: number },
  page: number,
): void {
  walk.damage.push({
    class: why,
    where: `${kind} [${seq}, ${page}]`,
    source: { kind, key: [seq, page] },
    repaired: false,
  });
}

function bytesOf({ pages }: OpenSheet): number {
  return pages.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
}

/** Where page 0 has no bytes to look at, its lines will say so. */
function reportHeader(walk: Walk, sheet: OpenSheet): void {
  const first = sheet.pages.find(({ page }) => page === 0);
  if (!first) report(walk, 'vanished', sheet, 0);
  else if (first.body) report(walk, sheet.header ? 'corrupt:checksum' : 'corrupt:shape', sheet, 0);
}

/** The lines of all pages. A page that is missing, unreadable or not as written is reported, once its lines are judged. */
function* takePages(
  walk: Walk,
  sheet: OpenSheet,
  digests: readonly string[],
  take: (line: Line) => void,
): Generator<void> {
  const pages = new Map(sheet.pages.map((found) => [found.page, found]));
  for (const page of new Set([...digests.keys(), ...pages.keys()])) {
    const found = pages.get(page);
    if (!found?.body) {
      report(walk, found ? (found.isUnreadable ? 'unreadable' : 'corrupt:shape') : 'vanished', sheet, page);
      continue;
    }
    const met = walk.damage.length;
    const isSound = found.digest === digests[page];
    for (const line of linesOf(found, found.body, isSound)) take(line);
    // Every line passed and the page did not: `rev` or the order of lines is damaged.
    if (!isSound && walk.damage.length === met) report(walk, 'corrupt:checksum', sheet, page);
    yield;
  }
}

function takeRecord(walk: Walk, line: Line, sheet: Sheet, record: unknown): void {
  const why = judge(walk, line, record);
  if (why === 'ok' || why === 'needs-migration') {
    const sound = record as Envelope;
    walk.draft.set(sound.store, sound.id, sound);
    if (sheet.kind === 'log') forgive(walk, sound.store, sound.id);
    return;
  }
  const suspect = makeSuspect(line, sheet, why);
  if (line.isSound) noteNewer(walk, suspect.newer, true);
  walk.suspects.push(suspect);
  walk.damage.push(suspect.damage);
  // The older content must not stand in for what was acknowledged later.
  const { store, id } = suspect.aside;
  if (store !== null && id !== null) walk.draft.set(store, id, null);
}

function noteNewer(walk: Walk, found: Versions | { format: number } | null, isSealed: boolean): void {
  if (found && (walk.newer === null || isSealed)) walk.newer = { found, isSealed };
}

/** A removal has no checksum of its own: whether it was one, the sum at the end tells. */
function takeRemoval(walk: Walk, line: Line, sheet: Sheet, before: unknown): void {
  if (isEnvelope(before) && (line.isSound || walk.draft.get(before.store, before.id))) {
    const { store, id } = before;
    // Where its last edit is damaged, it is here that its revision is known.
    if (line.isSound) walk.draft.set(store, id, before);
    walk.draft.set(store, id, null);
    forgive(walk, store, id);
  } else if (!line.isSound) {
    const { damage } = makeSuspect(line, sheet, 'corrupt:shape');
    walk.damage.push(damage);
  }
}

/** A later commit replaced the record, so what was wrong with it before costs nothing. */
function forgive(walk: Walk, store: string, id: string): void {
  const isThis = ({ aside }: Suspect) => aside.store === store && aside.id === id;
  for (const { damage } of walk.suspects.filter(isThis)) damage.repaired = true;
  walk.suspects = walk.suspects.filter((suspect) => !isThis(suspect));
}

/** A sound page is as it was written, so its records need no hashing of their own, unless one wants to be thorough. */
function judge({ rules, isThorough }: Walk, line: Line, record: unknown): RecordClass {
  if (line.isSound && !isThorough && isEnvelope(record) && CHECKSUM.test(record.checksum))
    return classifyContent(record, rules.get(record.store));
  const found = classifyRecord(record, rules);
  return found === 'missing' ? 'corrupt:shape' : found;
}

function isAside(value: unknown): value is Aside {
  return isPlainObject(value) && typeof value.aside === 'string';
}

import type { Environment } from '../environment.ts';
import type { Stored } from './contract.ts';
import { emptyState } from './draft.ts';
import { HEAD_KEY, headOf } from './head.ts';
import { commitHeader } from './header.ts';
import type { Rules } from './rules.ts';
import type { Digest } from './sha256.ts';
import { type OpenSheet, openSheet, type Sheet, toSheets } from './sheet.ts';
import { atOnce, beginWalk, report, takeCommit, takeSnapshot, type Walk } from './walk.ts';

export interface RoadOptions {
  rules: Rules;
  digest: Digest;
  /** Recompute the checksum of each record as well, which costs more than all the rest: for folds. */
  isThorough?: boolean;
  /** Lets a page answer between two pages of what is stored; without it all is walked at once, which is faster. */
  pause?: Environment['pause'];
}

/**
 * Walks the roads to the head one by one: from each snapshot, newest first, and from the first commit. The next one
 * matters only when this one is damaged, so the caller stops as soon as it has seen enough.
 */
export async function* walkRoads(
  stored: Stored,
  { rules, digest, pause, isThorough = false }: RoadOptions,
): AsyncGenerator<Walk> {
  const log = toSheets('log', stored.log);
  const opened = new Map<Sheet, Promise<OpenSheet>>();
  const open = (sheet: Sheet) => {
    const opening = opened.get(sheet) ?? openSheet(sheet, digest, pause);
    opened.set(sheet, opening);
    return opening;
  };
  for (const start of startsOf(stored, log)) {
    const walk = beginWalk(emptyState(''), rules, isThorough);
    const snapshot = start && open(start);
    const commits = log.filter(({ seq }) => seq > (start?.seq ?? 0)).map(open);
    if (snapshot) await paced(takeSnapshot(walk, await snapshot), pause);
    for (const commit of commits) await paced(takeCommit(walk, await commit), pause);
    meetHead(walk, stored);
    yield walk;
  }
}

async function paced(steps: Generator<void>, pause: Environment['pause']): Promise<void> {
  if (!pause) return atOnce(steps);
  while (!steps.next().done) await pause();
}

/** Came through to the head, and every header on the way added up. */
export function isClean({ damage }: Walk): boolean {
  return damage.length === 0;
}

/** Snapshots, newest first, damaged or not; then the first commit, where it is still kept. */
function startsOf(stored: Stored, log: readonly Sheet[]): (Sheet | null)[] {
  // Page 0 is written last: pages without it are a fold that did not come to its end, not a snapshot.
  const isSnapshot = ({ pages }: Sheet) => pages.some(({ page }) => page === 0);
  const snapshots = toSheets('snapshots', stored.snapshots).filter(isSnapshot);
  const [first] = log;
  const hasFirst = first !== undefined && (commitHeader(first)?.from ?? first.seq) === 1;
  return [...snapshots.reverse(), ...(hasFirst || snapshots.length === 0 ? [null] : [])];
}

/** The head must name the commit that the walk came to. */
function meetHead(walk: Walk, { head: entry }: Stored): void {
  const head = headOf(entry);
  const { seq, seal } = walk.tip;
  const namesTip = seal !== null && head?.seal === seal;
  walk.isProven ||= namesTip;
  const isUnknown = seal === null && head?.seq === seq;
  if ((namesTip && head.seq === seq) || isUnknown || (!entry && seq === 0)) return;
  walk.isHeadSound = false;
  if (!namesTip && head && head.seq > seq) {
    walk.isProven = false;
    report(walk, 'vanished', { kind: 'log', seq: seq + 1 }, 0);
    return;
  }
  // The commits prove themselves by their links; what is wrong is the head.
  const why = !entry ? 'vanished' : 'error' in entry ? 'unreadable' : head ? 'stale' : 'corrupt:shape';
  walk.damage.push({ class: why, where: 'head', source: { kind: 'head', key: HEAD_KEY }, repaired: false });
}

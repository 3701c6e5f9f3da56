import type { CommitHeader } from './commit.ts';
import type { CommitKind } from './types.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What is kept, and for how long: a promise to the person whose history it is (durability 3.7). */
export const KEEP = {
  /** Of the newest commits, each on its own. */
  commits: 50,
  /** Every commit of the last hour, up to so many; beyond, one a minute. Without this, a tight loop has no bound. */
  hourCommits: 500,
  hourMs: HOUR_MS,
  /** One an hour. */
  hourlyMs: DAY_MS,
  /** One a day. */
  dailyMs: 30 * DAY_MS,
  /** A longer step between two commits may be a jump of the clock. */
  jumpMs: DAY_MS,
} as const;

/** The point before such a commit is kept for so many days, without anybody asking. */
export const AUTOMATIC_PIN_DAYS: Partial<Record<CommitKind, number>> = {
  import: 30,
  migrate: 30,
  restore: 30,
  clear: 30,
  delete: 7,
};

/** What retention looks at of a commit. */
export type Kept = Pick<CommitHeader, 'at' | 'pin' | 'seq'>;

export interface RetentionRules {
  /** Seq of the older of the two newest verified snapshots. Nothing after it is touched. */
  olderSeq: number;
  nowMs: number;
  /** Seqs that a person pinned. */
  pinned: readonly number[];
  /** Room is needed: hourly and daily points go first. Recent ones, pins and the floor never. */
  isPressed: boolean;
}

/** Runs of commits to squash into one each, and commits to remove. Both by seq, oldest first. */
export interface RetentionPlan {
  squash: readonly (readonly number[])[];
  remove: readonly number[];
}

const NOTHING: RetentionPlan = { squash: [], remove: [] };

/**
 * Decides what of the log goes (durability 3.7). Pure. Order is by seq; time only chooses among boundaries.
 *
 * @param commits  all that are kept, oldest first, squashed ones included
 */
export function planRetention(commits: readonly Kept[], rules: RetentionRules): RetentionPlan {
  const { olderSeq, nowMs, isPressed } = rules;
  if (!isPressed && hasJumped(commits, nowMs)) return NOTHING;
  const ageOf = agesOf(commits, rules.nowMs);
  const boundaries = boundariesOf(commits, ageOf, rules);
  const past = commits.filter(({ seq }) => seq <= olderSeq);
  const runs = splitAfter(past, ({ seq }) => boundaries.has(seq) || seq === past.at(-1)?.seq);
  const [first = [], ...others] = runs;
  // Before the oldest boundary there is no point to come back to: what is old there goes, all but the boundary itself.
  const isOld = (commit: Kept) => isPressed || ageOf(commit) > KEEP.dailyMs;
  const kept = first.findIndex((commit, i) => i === first.length - 1 || !isOld(commit));
  // A hole within a run would cut off what lies before it, so only the oldest in a row go.
  const remove = first.slice(0, Math.max(0, kept));
  const rest = first.slice(remove.length);
  // Making room must not need room (F26): under pressure nothing is written.
  const squash = isPressed ? [] : [rest, ...others].filter(({ length }) => length > 1);
  return { squash: squash.map(seqsOf), remove: seqsOf(remove) };
}

/** A fold follows what is saved: where the clock says another day, it may be wrong, and this time nothing goes by it. */
function hasJumped(commits: readonly Kept[], nowMs: number): boolean {
  const newest = commits.at(-1);
  return newest !== undefined && Math.abs(nowMs - Date.parse(newest.at)) > KEEP.jumpMs;
}

type AgeOf = (commit: Kept) => number;

/**
 * How much time passed after each commit, as far as anybody can tell. A step of more than a day may be a holiday, or a clock
 * that jumped: the newest such step ages nothing, each one before it by a day. Nothing becomes younger by a clock set back.
 */
function agesOf(commits: readonly Kept[], nowMs: number): AgeOf {
  const ages = new Map<number, number>();
  let ageMs = 0;
  let laterMs = nowMs;
  let longStepMs = 0;
  for (const commit of [...commits].reverse()) {
    const ms = Date.parse(commit.at);
    // A time that cannot be read is that of the next one: nothing goes for want of a date.
    const stepMs = Number.isNaN(ms) ? 0 : Math.max(0, laterMs - ms);
    if (!Number.isNaN(ms)) laterMs = ms;
    ageMs += stepMs > KEEP.jumpMs ? longStepMs : stepMs;
    if (stepMs > KEEP.jumpMs) longStepMs = KEEP.jumpMs;
    ages.set(commit.seq, ageMs);
  }
  return ({ seq }) => Number(ages.get(seq));
}

/** The commits after which a point in time is kept. */
function boundariesOf(
  commits: readonly Kept[],
  ageOf: AgeOf,
  { pinned, isPressed }: RetentionRules,
): Set<number> {
  const newestFirst = [...commits].reverse();
  const upTo = (ageMs: number) => newestFirst.filter((commit) => ageOf(commit) <= ageMs);
  const lastHour = upTo(KEEP.hourMs);
  const kept = [
    ...newestFirst.slice(0, KEEP.commits),
    ...lastHour.slice(0, KEEP.hourCommits),
    ...newestOfEach(lastHour, MINUTE_MS),
    ...commits.filter(({ seq }) => pinned.includes(seq)),
    ...pointsBeforePins(commits, ageOf),
  ];
  if (!isPressed) {
    kept.push(...newestOfEach(upTo(KEEP.hourlyMs), HOUR_MS));
    kept.push(...newestOfEach(upTo(KEEP.dailyMs), DAY_MS));
  }
  return new Set(seqsOf(kept));
}

function pointsBeforePins(commits: readonly Kept[], ageOf: AgeOf): Kept[] {
  return commits.filter((_, i) => {
    const next = commits[i + 1];
    return next?.pin && (next.pin.days === null || ageOf(next) <= next.pin.days * DAY_MS);
  });
}

function newestOfEach(newestFirst: readonly Kept[], spanMs: number): Kept[] {
  const seen = new Set<number>();
  return newestFirst.filter((commit) => {
    const span = Math.floor(Date.parse(commit.at) / spanMs);
    return !seen.has(span) && seen.add(span);
  });
}

function splitAfter(commits: readonly Kept[], isEnd: (commit: Kept) => boolean): Kept[][] {
  const runs: Kept[][] = [];
  let run: Kept[] = [];
  for (const commit of commits) {
    run.push(commit);
    if (!isEnd(commit)) continue;
    runs.push(run);
    run = [];
  }
  return runs;
}

function seqsOf(commits: readonly Kept[]): number[] {
  return commits.map(({ seq }) => seq);
}

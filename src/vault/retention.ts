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
  /** If the clock jumped by more since the last run, nothing goes by age. */
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
  /** When retention last ran; `null` for never. */
  lastRunMs: number | null;
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
  const { olderSeq, nowMs, lastRunMs, isPressed } = rules;
  if (lastRunMs !== null && Math.abs(nowMs - lastRunMs) > KEEP.jumpMs) return NOTHING;
  const boundaries = boundariesOf(commits, rules);
  const past = commits.filter(({ seq }) => seq <= olderSeq);
  const runs = splitAfter(past, ({ seq }) => boundaries.has(seq) || seq === past.at(-1)?.seq);
  const [first = [], ...others] = runs;
  // Before the oldest boundary there is no point to come back to: what is old there goes, all but the boundary itself.
  const isOld = (commit: Kept) => isPressed || nowMs - timeOf(commit) > KEEP.dailyMs;
  const kept = first.findIndex((commit, i) => i === first.length - 1 || !isOld(commit));
  // A hole within a run would cut off what lies before it, so only the oldest in a row go.
  const remove = first.slice(0, Math.max(0, kept));
  const rest = first.slice(remove.length);
  // Making room must not need room (F26): under pressure nothing is written.
  const squash = isPressed ? [] : [rest, ...others].filter(({ length }) => length > 1);
  return { squash: squash.map(seqsOf), remove: seqsOf(remove) };
}

/** The commits after which a point in time is kept. */
function boundariesOf(commits: readonly Kept[], { nowMs, pinned, isPressed }: RetentionRules): Set<number> {
  const newestFirst = [...commits].reverse();
  const ageMs = (commit: Kept) => nowMs - timeOf(commit);
  const lastHour = newestFirst.filter((commit) => ageMs(commit) <= KEEP.hourMs);
  const kept = [
    ...newestFirst.slice(0, KEEP.commits),
    ...lastHour.slice(0, KEEP.hourCommits),
    ...newestOfEach(lastHour, MINUTE_MS),
    ...commits.filter(({ seq }) => pinned.includes(seq)),
    ...pointsBeforePins(commits, nowMs),
  ];
  if (!isPressed) {
    kept.push(
      ...newestOfEach(
        newestFirst.filter((commit) => ageMs(commit) <= KEEP.hourlyMs),
        HOUR_MS,
      ),
    );
    kept.push(
      ...newestOfEach(
        newestFirst.filter((commit) => ageMs(commit) <= KEEP.dailyMs),
        DAY_MS,
      ),
    );
  }
  return new Set(seqsOf(kept));
}

function pointsBeforePins(commits: readonly Kept[], nowMs: number): Kept[] {
  return commits.filter((_, i) => {
    const next = commits[i + 1];
    return next?.pin && (next.pin.days === null || nowMs - timeOf(next) <= next.pin.days * DAY_MS);
  });
}

function newestOfEach(newestFirst: readonly Kept[], spanMs: number): Kept[] {
  const seen = new Set<number>();
  return newestFirst.filter((commit) => {
    const span = Math.floor(timeOf(commit) / spanMs);
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

/** A time that cannot be read is now: nothing goes for want of a date. */
function timeOf({ at }: Kept): number {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

function seqsOf(commits: readonly Kept[]): number[] {
  return commits.map(({ seq }) => seq);
}

import { describe, expect, test } from 'vitest';
import { KEEP, type Kept, planRetention, type RetentionRules } from '../../src/vault/retention.ts';
import { seededRandom } from '../support/environment.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SEQUENCES = Number(process.env.SEQUENCES ?? 1_000);
const NOW = Date.UTC(2026, 5, 15, 12);

/** A commit `ageMs` before now. */
const aged = (seq: number, ageMs: number, more: Partial<Kept> = {}): Kept => ({
  seq,
  at: new Date(NOW - ageMs).toISOString(),
  ...more,
});
const evenly = (count: number, fromAgeMs: number, toAgeMs: number): Kept[] =>
  Array.from({ length: count }, (_, i) =>
    aged(i + 1, fromAgeMs + ((toAgeMs - fromAgeMs) * i) / Math.max(1, count - 1)),
  );

const rules = (more: Partial<RetentionRules> = {}): RetentionRules => ({
  olderSeq: Number.MAX_SAFE_INTEGER,
  nowMs: NOW,
  pinned: [],
  isPressed: false,
  ...more,
});

/** What is left after a plan: the last seq of each run, as squashing does. */
const left = (commits: readonly Kept[], plan: ReturnType<typeof planRetention>): number[] => {
  const going = new Set([...plan.remove, ...plan.squash.flatMap((run) => run.slice(0, -1))]);
  return commits.map(({ seq }) => seq).filter((seq) => !going.has(seq));
};

describe('retention', () => {
  test('the last fifty commits and everything after the older snapshot stay, however old they are', () => {
    const commits = evenly(200, 400 * DAY_MS, 0);
    expect(left(commits, planRetention(commits, rules()))).toEqual(commits.slice(-50).map(({ seq }) => seq));
    expect(planRetention(commits, rules({ olderSeq: 0 }))).toEqual({ squash: [], remove: [] });
  });

  test('[F65] one an hour for a day, one a day for thirty days', () => {
    const commits = evenly(3_000, 40 * DAY_MS, 0);
    const kept = new Set(left(commits, planRetention(commits, rules())));
    const ages = commits.filter(({ seq }) => kept.has(seq)).map(({ at }) => (NOW - Date.parse(at)) / HOUR_MS);
    const hours = ages.filter((hour) => hour > 17 && hour < 23);
    expect(hours.length).toBeGreaterThanOrEqual(5);
    expect(hours.length).toBeLessThanOrEqual(6);
    const days = ages.filter((hour) => hour > 48 && hour < 29 * 24);
    expect(days.length).toBeGreaterThanOrEqual(26);
    expect(days.length).toBeLessThanOrEqual(28);
    expect(Math.max(...ages)).toBeLessThan(31 * 24);
  });

  test('the last hour is kept one by one up to a bound, then by the minute: a tight loop has an end', () => {
    const commits = evenly(20_000, 0.9 * HOUR_MS, 0);
    const kept = left(commits, planRetention(commits, rules()));
    expect(kept.length).toBeGreaterThanOrEqual(KEEP.hourCommits);
    expect(kept.length).toBeLessThan(KEEP.hourCommits + 60);
  });

  test('a pin keeps the point before it until it runs out; a named one until it is removed', () => {
    const commits = evenly(300, 20 * DAY_MS, 0).map((commit) => {
      if (commit.seq === 40) return { ...commit, pin: { name: 'import', days: 30 } };
      if (commit.seq === 80) return { ...commit, pin: { name: 'delete', days: 7 } };
      if (commit.seq === 120) return { ...commit, pin: { name: 'mine', days: null } };
      return commit;
    });
    const kept = left(commits, planRetention(commits, rules({ pinned: [201] })));
    expect(kept).toEqual(expect.arrayContaining([39, 119, 201]));
    expect(kept).not.toContain(79);
    const inAYear = [
      ...commits,
      ...evenly(800, 0, -400 * DAY_MS).map((commit) => ({ ...commit, seq: commit.seq + 300 })),
    ];
    const keptThen = left(inAYear, planRetention(inAYear, rules({ nowMs: NOW + 400 * DAY_MS, pinned: [] })));
    expect(keptThen).toContain(119);
    expect(keptThen).not.toContain(39);
  });

  test('[I15] [I11] nothing goes by age when the clock jumped by more than a day, ahead or back', () => {
    const commits = evenly(300, 20 * HOUR_MS, 0);
    const now = left(commits, planRetention(commits, rules()));
    for (const jumpMs of [2 * DAY_MS, 365 * DAY_MS, Date.UTC(9999, 0) - NOW, -2 * DAY_MS, -NOW]) {
      expect(planRetention(commits, rules({ nowMs: NOW + jumpMs }))).toEqual({ squash: [], remove: [] });
      // Saved meanwhile, and saved again once the clock was right.
      const after = [...commits, aged(301, -jumpMs), aged(302, 0)];
      expect(left(after, planRetention(after, rules()))).toEqual(expect.arrayContaining(now.slice(0, -52)));
    }
  });

  test('[F65] whoever comes back every few days has a history that is bounded, too', () => {
    // Twenty edits in five minutes, every third day of a year: each visit is more than a day after the one before.
    const commits = Array.from({ length: 122 }, (_, visit) =>
      Array.from({ length: 20 }, (_, i) =>
        aged(visit * 20 + i + 1, (121 - visit) * 3 * DAY_MS + (19 - i) * 15_000),
      ),
    ).flat();
    const kept = left(commits, planRetention(commits, rules()));
    expect(kept.length).toBeLessThanOrEqual(KEEP.commits + 31);
    // Thirty visits back, one point each: a day each is what they were apart as far as anybody can tell.
    const visits = new Set(kept.map((seq) => Math.floor((seq - 1) / 20)));
    expect(visits.size).toBeGreaterThanOrEqual(30);
  });

  test('[F26] under pressure nothing is written: hourly and daily points go, pins and recent ones stay', () => {
    const commits = evenly(300, 20 * DAY_MS, 0);
    const pressed = planRetention(commits, rules({ isPressed: true, pinned: [100] }));
    expect(pressed.squash).toEqual([]);
    expect(left(commits, pressed)[0]).toBe(100);
    // A jump of the clock, or a holiday, does not keep from making room.
    const later = planRetention(commits, rules({ isPressed: true, pinned: [100], nowMs: NOW + 40 * DAY_MS }));
    expect(left(commits, later)).toEqual(left(commits, pressed));
  });

  test(`[I11] [I15] ${SEQUENCES} random histories and clocks: what must stay stays, and order never depends on time`, () => {
    for (let seed = 1; seed <= SEQUENCES; seed++) {
      const random = seededRandom(seed);
      const clock = [
        () => NOW,
        () => 0,
        () => Date.UTC(9999, 0),
        () => NOW - DAY_MS,
        () => NOW - random() * 60 * DAY_MS,
      ];
      const commits = Array.from({ length: Math.floor(random() * 150) }, (_, i): Kept => {
        const tick = clock[Math.floor(random() * clock.length)] ?? clock[0];
        const at = random() < 0.02 ? 'no date' : new Date(tick ? tick() : NOW).toISOString();
        const pin = random() < 0.1 ? { pin: { name: 'p', days: random() < 0.5 ? null : 30 } } : {};
        return { seq: (i + 1) * 2, at, ...pin };
      });
      const olderSeq = Math.floor(random() * 320);
      const pinned = commits.filter(() => random() < 0.05).map(({ seq }) => seq);
      const found = rules({
        olderSeq,
        pinned,
        isPressed: random() < 0.3,
      });
      const plan = planRetention(commits, found);
      const kept = left(commits, plan);
      const seqs = commits.map(({ seq }) => seq);
      const mustStay = [
        ...seqs.filter((seq) => seq > olderSeq),
        ...seqs.slice(-KEEP.commits),
        ...pinned,
        ...commits.flatMap(({ pin }, i) => (pin?.days === null ? seqs.slice(i - 1, i) : [])),
      ];
      expect(
        mustStay.filter((seq) => !kept.includes(seq)),
        `seed ${seed}`,
      ).toEqual([]);
      // Each run is without a gap, and no commit is in two places.
      for (const run of plan.squash)
        expect(seqs.slice(seqs.indexOf(run[0] ?? 0)).slice(0, run.length), `seed ${seed}`).toEqual(run);
      const named = [...plan.remove, ...plan.squash.flat()];
      expect(new Set(named).size, `seed ${seed}`).toBe(named.length);
    }
  });
});

describe('a plan, to the commit', () => {
  const numbered = (ages: readonly number[], more: Record<number, Partial<Kept>> = {}): Kept[] =>
    ages.map((ageMs, i) => aged(i + 1, ageMs, more[i + 1]));
  /** The last fifty stay as they are, so that what lies before them is decided by its age alone. */
  const recent = Array.from({ length: 60 }, () => 0);
  const times = (count: number, ageMs: number) => Array.from({ length: count }, () => ageMs);
  const oneTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

  test('of nothing is nothing', () => {
    expect(planRetention([], rules())).toEqual({ squash: [], remove: [] });
  });

  test('what is younger than thirty days is squashed into its boundary, not removed', () => {
    const commits = numbered([...times(10, 10 * HOUR_MS), ...recent]);
    expect(planRetention(commits, rules())).toEqual({ squash: [oneTo(10)], remove: [] });
  });

  test('nothing after the older snapshot is touched, and what lies before it ends with it', () => {
    const commits = numbered([...times(10, 10 * HOUR_MS), ...recent]);
    expect(planRetention(commits, rules({ olderSeq: 7 }))).toEqual({ squash: [oneTo(7)], remove: [] });
    expect(planRetention(commits, rules({ olderSeq: 1 }))).toEqual({ squash: [], remove: [] });
  });

  test('thirty days and an hour include their last moment, and a step of exactly a day is no jump', () => {
    const days = (from: number, to: number) =>
      Array.from({ length: from - to + 1 }, (_, i) => (from - i) * DAY_MS);
    const commits = numbered([...days(35, 31), 30 * DAY_MS, ...days(30, 1), ...recent]);
    expect(planRetention(commits, rules())).toEqual({ squash: [[6, 7]], remove: oneTo(5) });
    expect(planRetention(numbered([HOUR_MS, HOUR_MS, ...recent]), rules())).toEqual({
      squash: [],
      remove: [],
    });
    expect(planRetention(numbered([...times(2, 2 * HOUR_MS), ...recent]), rules()).squash).toEqual([[1, 2]]);
    const aDayAgo = numbered([...times(2, DAY_MS + 2 * HOUR_MS), ...times(60, DAY_MS)]);
    expect(planRetention(aDayAgo, rules())).toEqual({ squash: [oneTo(13)], remove: [] });
  });

  test('a pin holds through its last moment', () => {
    const week = [7, 6, 5, 4, 3, 2, 1].map((day) => day * DAY_MS);
    const pin = { 2: { pin: { name: 'delete', days: 7 } } };
    const at = (ageMs: number) => numbered([ageMs, ...week, ...recent], pin);
    expect(planRetention(at(7 * DAY_MS), rules()).squash).toEqual([]);
    const late = [7 * DAY_MS + 1, 7 * DAY_MS + 1, 6.5 * DAY_MS, ...week.slice(1), ...recent];
    expect(planRetention(numbered(late, pin), rules()).squash).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('a time that cannot be read is that of the next commit, and those before it are as old as they are', () => {
    const commits = numbered([...times(3, 2 * HOUR_MS), 0, ...recent]).map((commit) =>
      commit.seq === 4 ? { ...commit, at: 'no date' } : commit,
    );
    expect(planRetention(commits, rules())).toEqual({ squash: [oneTo(3)], remove: [] });
  });
});

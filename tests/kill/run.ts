import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAcknowledged } from './acknowledged.ts';
import type { BrowserName } from './browsers.ts';
import { modelsOf } from './model.ts';
import { seeded } from './random.ts';
import type { Serving } from './server.ts';
import { live, type Moment, type Session, type Setting } from './session.ts';

export interface Asked {
  readonly engine: string;
  readonly browser: BrowserName;
  readonly kills: number;
  readonly seed: number;
  readonly plant?: string;
}

export interface Outcome {
  readonly survived: number;
  readonly acknowledged: number;
  /** Writes that landed although nobody was told: legal, and the reason why doing a commit twice must be harmless. */
  readonly landedUnacknowledged: number;
  /** Acknowledged writes that a kill took away where the engine cannot do better: localStorage. */
  readonly lost: number;
  readonly lostMs: number;
  readonly findings: readonly string[];
}

/** One in so many kills strikes at any time after the start, also while the app opens, loads or verifies. */
const ANY_TIME = 5;

/**
 * Kills a browser again and again on one profile, and looks after each kill what is there.
 *
 * Stops at the first finding: from there on the model no longer says what is right. The profile is then kept.
 */
export async function run(
  asked: Asked,
  serving: Serving,
  {
    say,
    afterwards,
  }: { say(line: string): void; afterwards?(setting: Setting, landed: number): Promise<void> },
): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), 'kill-'));
  const acknowledged = openAcknowledged(`${profile}.acknowledged`);
  const random = seeded(asked.seed, asked.kills);
  const setting = { ...asked, profile, serving, acknowledged, models: modelsOf(asked) };
  const tally = { survived: 0, landedUnacknowledged: 0, unchecked: 0, written: 0, lost: 0, lostMs: 0 };

  for (let kill = 0; kill <= asked.kills; kill += 1) {
    const moment = kill < asked.kills ? momentOf(random, asked.engine) : null;
    const session = await live(setting, `${asked.seed}-${asked.plant ?? 'real'}-${kill}`, moment);
    // What a kill did is seen in the next life that gets as far as comparing.
    if (kill > 0) tally.unchecked += 1;
    if (session.findings.length > 0) {
      if (asked.plant) remove(profile);
      else say(`  profile kept: ${profile}`);
      return { ...tally, acknowledged: tally.written, findings: session.findings };
    }
    if (session.checked) {
      tally.survived += tally.unchecked;
      tally.unchecked = 0;
    }
    const written = acknowledged.last() - session.landed;
    tally.written += written;
    tally.lost += session.lost;
    tally.lostMs = Math.max(tally.lostMs, session.lostMs);
    tally.landedUnacknowledged += Number(session.landedUnacknowledged);
    say(lineOf(kill + 1, moment, { ...session, written }));
    if (!moment) await afterwards?.(setting, session.landed);
  }
  remove(profile);
  return { ...tally, acknowledged: tally.written, findings: [] };
}

function remove(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  rmSync(`${profile}.acknowledged`, { force: true });
}

function momentOf(random: () => number, engine: string): Moment {
  if (random() * ANY_TIME < 1) return { after: 'start', ms: 150 + random() * 1_500 };
  // Browsers put localStorage on the disk about every five seconds: shorter lives would leave nothing to look at.
  return { after: 'writing', ms: 20 + random() * (engine === 'localstorage' ? 9_000 : 1_200) };
}

function lineOf(kill: number, moment: Moment, session: Session & { written: number }): string {
  const looked = session.checked
    ? `what was there is right (${session.snapshots} snapshots)`
    : 'killed before it was read';
  return moment
    ? `  life ${kill}: ${looked}; ${session.written} writes acknowledged, ${session.folds} folds, killed ${moment.ms.toFixed(0)} ms after ${moment.after}`
    : `  life ${kill}: ${looked}`;
}

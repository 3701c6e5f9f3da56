import type { Acknowledged } from './acknowledged.ts';
import { audit } from './audit.ts';
import { type BrowserName, start } from './browsers.ts';
import type { SentDump } from './dump.ts';
import { differences, type Models } from './model.ts';
import type { Serving } from './server.ts';
import type { Data } from './workload.ts';

export interface Setting {
  readonly engine: string;
  readonly browser: BrowserName;
  readonly seed: number;
  readonly profile: string;
  readonly serving: Serving;
  readonly acknowledged: Acknowledged;
  readonly models: Models;
  readonly plant?: string | undefined;
}

/** When to kill: so long after the browser was started, or after the page began to write; `null`: once all is checked. */
export type Moment = { readonly after: 'start' | 'writing'; readonly ms: number } | null;

export interface Session {
  /** Did it get as far as comparing what is stored with what was acknowledged? */
  readonly checked: boolean;
  /** One write may have landed without being acknowledged: it was under way. */
  readonly landedUnacknowledged: boolean;
  /** Acknowledged writes that are gone, where the engine cannot do better, and the age of the oldest. */
  readonly lost: number;
  readonly lostMs: number;
  /** The newest write that is there, as far as was seen. */
  readonly landed: number;
  readonly snapshots: number;
  /** Folds that came to their end in this life. */
  readonly folds: number;
  /** What was lost, torn, or judged wrongly; in words. */
  readonly findings: readonly string[];
}

/** What the product's own load says: the verdict, and the records it hands up. */
export interface Loaded {
  kind: string;
  /** The damage, if any. */
  detail: { store?: string; id?: string; repaired: boolean; where: string }[] | null;
  records: [key: string, data: Data][];
}

/** What a browser may take until its page writes. */
const STUCK_MS = 90_000;
/** Time for what the page sent before its end to arrive. */
const DRAIN_MS = 100;

/**
 * One life of a browser: read what the last one left, compare it, write on, be killed.
 *
 * @param visit  names it in the addresses, so that late reports find their listener
 */
export async function live(setting: Setting, visit: string, moment: Moment): Promise<Session> {
  const { serving, seed, acknowledged } = setting;
  const known = acknowledged.last();
  // Browsers write localStorage to disk seconds later, and nothing tells a page when.
  const mayLag = setting.engine === 'localstorage';
  const findings: string[] = [];
  const progress = { checked: false, landed: known, snapshots: 0, folds: 0, lostMs: 0 };
  const addressOf = (role: string, from = 0) =>
    `${serving.origin}/?${new URLSearchParams({ role, visit, engine: setting.engine, seed: `${seed}`, from: `${from}`, ...(setting.plant ? { plant: setting.plant } : {}) })}`;

  let settle: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const end = (after: 'start' | 'writing') => {
    if (moment?.after === after) setTimeout(settle, moment.ms);
  };

  serving.listen(visit, (event, body) => {
    switch (event) {
      case 'settled':
        return addressOf('dump');
      case 'dump': {
        const seen = audit(body as SentDump, { models: setting.models, acknowledged: known, mayLag });
        findings.push(...seen.findings);
        Object.assign(progress, seen);
        if (findings.length > 0) return void settle();
        progress.lostMs = seen.landed < known ? acknowledged.ageOf(seen.landed + 1) : 0;
        acknowledged.beginAt(seen.landed);
        return addressOf('load');
      }
      case 'loaded': {
        const { kind, detail, records } = body as Loaded;
        if (kind !== 'intact') findings.push(`the product's load says ${kind}: ${JSON.stringify(detail)}`);
        findings.push(
          ...differences(new Map(records), setting.models.after(progress.landed)).map(
            (what) => `loaded: ${what}`,
          ),
        );
        progress.checked = true;
        if (findings.length > 0 || !moment) return void settle();
        return addressOf('write', progress.landed + 1);
      }
      case 'writing':
        return void end('writing');
      case 'acknowledged':
        return void acknowledged.note(body as number);
      case 'folded':
        progress.folds += 1;
        return undefined;
      default:
        findings.push(`the page says ${event}: ${JSON.stringify(body)}`);
        return void settle();
    }
  });

  const running = start(setting.browser, {
    profile: setting.profile,
    url: addressOf(mayLag ? 'settle' : 'dump'),
  });
  end('start');
  const stuck = setTimeout(() => {
    findings.push('the browser did not get as far as writing');
    settle();
  }, STUCK_MS);
  await over;
  clearTimeout(stuck);
  await running.kill();
  await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
  return {
    checked: progress.checked,
    landedUnacknowledged: progress.landed > known,
    lost: Math.max(0, known - progress.landed),
    lostMs: progress.lostMs,
    landed: progress.landed,
    snapshots: progress.snapshots,
    folds: progress.folds,
    findings,
  };
}

import type { Status, StatusKey } from '../client/statusOf.ts';
import type { Clock } from '../environment.ts';

/** These say that something is under way: they wait, because most of it is over before anyone could read it. */
const LATE: ReadonlySet<StatusKey> = new Set<StatusKey>(['saving', 'backingUp']);
const LATE_MS = 400;
const SHORTEST_MS = 600;

/**
 * Keeps the pill from flickering (ux 4.2): what is under way shows after 400 ms, and whatever shows stays for 600 ms. What
 * a person must know at once waits for nothing: red and amber, and that what was green no longer is.
 *
 * @param now   milliseconds of any steady clock
 * @param show  is given what to show, when it changes
 */
export function steadyStatus(clock: Clock, now: () => number, show: (status: Status) => void) {
  let shown: Status | undefined;
  let since = Number.NEGATIVE_INFINITY;
  let timer: unknown;

  const put = (status: Status): void => {
    if (shown && isSame(shown, status)) return;
    shown = status;
    since = now();
    show(status);
  };

  return {
    next(status: Status): void {
      clock.clearTimeout(timer);
      if (shown && isSame(shown, status)) return;
      const wasGreen = shown?.tone === 'green';
      // While it is being saved it is not saved: that shows at once, and how it is saved a little later.
      if (wasGreen && status.key === 'saving') put({ ...status, key: 'edited', icon: 'dot' });
      const isUrgent =
        status.tone === 'red' || status.tone === 'amber' || (wasGreen && !LATE.has(status.key));
      const late = shown && LATE.has(status.key) ? LATE_MS : 0;
      const waitMs = isUrgent ? 0 : Math.max(late, since + SHORTEST_MS - now());
      if (waitMs <= 0) put(status);
      else timer = clock.setTimeout(() => put(status), waitMs);
    },
    stop(): void {
      clock.clearTimeout(timer);
    },
  };
}

function isSame(first: Status, second: Status): boolean {
  return first.key === second.key && first.conflicts === second.conflicts;
}

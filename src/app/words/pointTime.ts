import { daysBetween } from './times.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const days = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const clocks = [clockOf('short'), clockOf('medium')] as const;

function clockOf(timeStyle: 'short' | 'medium') {
  return {
    time: new Intl.DateTimeFormat('en-GB', { timeStyle }),
    dayAndTime: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle }),
  };
}

/**
 * When a backup was made: "today, 09:14 (48 minutes ago)", "yesterday, 17:40", "20 Nov 2026, 16:02".
 *
 * @param options.withSeconds in a list, where several were made in the same minute
 */
export function pointTime(at: number, now: number, { withSeconds = false } = {}): string {
  const { time, dayAndTime } = clocks[withSeconds ? 1 : 0];
  const ago = now - at;
  const between = daysBetween(at, now);
  if (ago < 0 || between > 1) return dayAndTime.format(at);
  const day = `${days.format(-between, 'day')}, ${time.format(at)}`;
  if (ago < MINUTE_MS) return day;
  if (ago < HOUR_MS) return `${day} (${relative.format(-Math.floor(ago / MINUTE_MS), 'minute')})`;
  return ago < 12 * HOUR_MS ? `${day} (${relative.format(-Math.floor(ago / HOUR_MS), 'hour')})` : day;
}

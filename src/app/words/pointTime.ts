import { daysBetween } from './times.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const days = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** When a backup was made: "today, 09:14 (48 minutes ago)", "yesterday, 17:40", "20 Nov 2026, 16:02". */
export function pointTime(at: number, now: number): string {
  const ago = now - at;
  const between = daysBetween(at, now);
  if (ago < 0 || between > 1) return dayAndClock.format(at);
  const day = `${days.format(-between, 'day')}, ${clock.format(at)}`;
  if (ago < MINUTE_MS) return day;
  if (ago < HOUR_MS) return `${day} (${relative.format(-Math.floor(ago / MINUTE_MS), 'minute')})`;
  return ago < 12 * HOUR_MS ? `${day} (${relative.format(-Math.floor(ago / HOUR_MS), 'hour')})` : day;
}

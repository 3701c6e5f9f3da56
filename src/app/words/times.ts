const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

/** "10:02:11", in the person's own time zone. */
export function timeOfDay(at: number): string {
  return clockWithSeconds.format(at);
}

/** The whole of it, for a `title`: "Monday 23 November 2026 at 09:14:05". */
export function absoluteTime(at: number): string {
  return full.format(at);
}

/** Short for a list: "5 minutes ago", "today, 09:14", "yesterday, 17:40", "20 Nov 2026". */
export function shortTime(at: number, now: number): string {
  const ago = now - at;
  if (ago >= 0 && ago < MINUTE_MS) return 'just now';
  if (ago >= 0 && ago < HOUR_MS) return relative.format(-Math.round(ago / MINUTE_MS), 'minute');
  const days = daysBetween(at, now);
  if (days === 0) return `today, ${clock.format(at)}`;
  if (days === 1) return `yesterday, ${clock.format(at)}`;
  return day.format(at);
}

/** Whole calendar days, so that 23:59 and 00:01 are a day apart. */
export function daysBetween(earlier: number, later: number): number {
  const start = (at: number): number => {
    const date = new Date(at);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((start(later) - start(earlier)) / (24 * HOUR_MS));
}

import { expect, test } from 'vitest';
import { pointTime } from '../../src/app/words/pointTime.ts';

/** In the person's own time zone, whichever that is. */
const at = (text: string): number => new Date(text).getTime();
const NOW = at('2026-11-23T10:02:00');

test.each([
  ['2026-11-23T10:01:40', 'today, 10:01'],
  ['2026-11-23T09:14:00', 'today, 09:14 (48 minutes ago)'],
  ['2026-11-23T09:01:59', 'today, 09:01 (1 hour ago)'],
  ['2026-11-22T17:40:00', 'yesterday, 17:40'],
  ['2026-11-22T23:50:00', 'yesterday, 23:50 (10 hours ago)'],
  ['2026-11-20T16:02:00', '20 Nov 2026, 16:02'],
  ['2026-11-23T10:05:00', '23 Nov 2026, 10:05'],
])('a backup of %s is from “%s”', (made, words) => {
  expect(pointTime(at(made), NOW)).toBe(words);
});

test('several backups of one minute can be told apart', () => {
  const options = { withSeconds: true };
  expect(pointTime(at('2026-11-23T09:14:07'), NOW, options)).toBe('today, 09:14:07 (47 minutes ago)');
});

import { isHl7Date } from '../validation/date.ts';

/** A century in which nobody was born who is treated today. */
const FIRST_YEAR = 1800;
const YEARS = 100;
const MONTHS = 12 * YEARS;
const DAYS = 36_524;
const MINUTES_OF_DAY = 24 * 60;

const LENGTHS = { year: 4, month: 6, day: 8, minute: 12 } as const;

/**
 * A date between 1800 and 1899, another one for each number, from 1; as exact as the date it stands for, or more exact
 * where so many would not be enough. Without fractions of seconds and without a time zone.
 *
 * @param like  where it is no date, it becomes a day
 */
export function testDate(number: number, like: string): string {
  const wanted = isHl7Date(like) ? (/^\d+/.exec(like)?.[0].length ?? LENGTHS.day) : LENGTHS.day;
  if (wanted === LENGTHS.year && number < YEARS) return String(FIRST_YEAR + number);
  if (wanted <= LENGTHS.month && number < MONTHS)
    return String(FIRST_YEAR + Math.floor(number / 12)) + twoDigits((number % 12) + 1);
  const round = Math.floor(number / DAYS) % MINUTES_OF_DAY;
  const day = new Date(Date.UTC(FIRST_YEAR, 0, 1 + (number % DAYS)));
  const date = `${day.getUTCFullYear()}${twoDigits(day.getUTCMonth() + 1)}${twoDigits(day.getUTCDate())}`;
  const time = round === 0 ? '' : twoDigits(Math.floor(round / 60)) + twoDigits(round % 60);
  return (date + time).padEnd(Math.max(wanted, LENGTHS.day), '0');
}

/** Whether a value is a date of that century. */
export function isTestDate(value: string): boolean {
  return value.startsWith('18') && isHl7Date(value);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

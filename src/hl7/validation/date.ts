const DATE =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(?:[01]\d|2[0-3])(?:[0-5]\d(?:[0-5]\d(?:\.\d{1,4})?)?)?)?)?)?(?:[+-]\d{4})?$/;

/** Whether text is an HL7 date, `YYYY[MM[DD[HH[MM[SS[.S]]]]]][+/-ZZZZ]`, of a day that exists (HL7 2.5, 2.A.77). */
export function isHl7Date(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  if (month === undefined) return true;
  if (Number(month) < 1 || Number(month) > 12) return false;
  return day === undefined || (Number(day) >= 1 && Number(day) <= daysOf(Number(year), Number(month)));
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

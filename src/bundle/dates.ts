/** Clocks differ; later than that is no date of an export. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Date and time with its zone, as exports write it. Others, which engines parse each in their own way, are odd. */
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A date in ISO 8601 that has been already; `undefined` for any other text. Dates are for display: no decision hangs on one (I15). */
export function pastDate(text: string, now: number): string | undefined {
  const ms = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return ms <= now + TOLERANCE_MS ? text : undefined;
}

/** As they stand in a message: whoever it is about comes first. */
const SEGMENTS = ['PID', 'NK1', 'PV1', 'GT1', 'IN1'];

/** Puts `PID-5` before `PID-19`, and both before `NK1-2`. */
export function byField(one: string, other: string): number {
  const [first, second] = [one, other].map((field) => SEGMENTS.indexOf(field.slice(0, field.indexOf('-'))));
  return (first ?? 0) - (second ?? 0) || one.localeCompare(other, 'en', { numeric: true });
}

/** Puts `PID-5` before `PID-19`. */
export function byField(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

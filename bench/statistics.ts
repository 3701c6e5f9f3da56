export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** @param share  from 0 to 1 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('No samples');
  return value;
}

/** The list, begun `by` places later: each round lets another contender go first. */
export function rotated<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

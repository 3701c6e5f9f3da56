import type { NumberOf } from './domain.ts';

/** Numbers for the values of one file. They say in which order values were seen, and nothing of the values themselves. */
export function createNumbering(): NumberOf {
  const seen = new Map<string, Map<string, number>>();
  return (kind, value) => {
    const ofKind = seen.get(kind) ?? new Map<string, number>();
    seen.set(kind, ofKind);
    const number = ofKind.get(value) ?? ofKind.size + 1;
    ofKind.set(value, number);
    return number;
  };
}

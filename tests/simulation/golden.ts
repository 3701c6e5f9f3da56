import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const FILE = new URL('./golden.json', import.meta.url);

/**
 * Holds counts against those of the repository. Fewer points mean that something is no longer reached, however green; more are
 * welcome and are taken over with `GOLDEN=write`, lowering one needs a decision record (durability 4).
 */
export function expectGolden(name: string, counts: Record<string, number>): void {
  const golden: Record<string, Record<string, number>> = existsSync(FILE)
    ? JSON.parse(readFileSync(FILE, 'utf8'))
    : {};
  if (process.env.GOLDEN === 'write') {
    golden[name] = counts;
    const sorted = Object.fromEntries(Object.entries(golden).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
    return;
  }
  const dropped = Object.entries(golden[name] ?? {}).filter(([what, count]) => (counts[what] ?? 0) < count);
  expect(Object.fromEntries(dropped)).toEqual({});
  expect(Object.keys(golden[name] ?? {})).not.toEqual([]);
}

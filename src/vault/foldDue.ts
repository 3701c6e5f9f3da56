import type { VaultState } from './contract.ts';

/**
 * Below this tail a fold is not worth its writing, however small the vault is: some 300 saves, and a load of 20 ms more
 * (docs/performance.md).
 */
export const MIN_TAIL_BYTES = 2 * 1024 * 1024;

/** Has so much been written since the newest snapshot that loading would gain from a new one? (durability 3.6) */
export function isFoldDue({ weight }: VaultState): boolean {
  return weight.tailBytes > Math.max(MIN_TAIL_BYTES, weight.snapshotBytes / 2);
}

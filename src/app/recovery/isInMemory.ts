import type { RestorePoint } from '../../../machines/recovery.types.ts';

/** Is it what this page holds of a storage that was emptied underneath it, and no backup? */
export function isInMemory({ label }: Pick<RestorePoint, 'label'>): boolean {
  return label === 'memory';
}

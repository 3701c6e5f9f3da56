import { sizeHint } from '../../bundle/batches.ts';
import type { ImportPlan } from '../../bundle/importPlan.ts';
import { withDeadline } from '../../engines/deadline.ts';
import type { Environment } from '../../environment.ts';

/** Estimates may hang. */
const PATIENCE_MS = 1_000;
/** A change holds the record before and after, and a fold writes it once more before the older one may go. */
const COPIES = 3;

/**
 * Asks whether an import fits, before anything is written.
 *
 * @returns `undefined` when it does, and when nobody knows: an estimate that is absent, hangs or says zero says nothing
 */
export async function roomFor(
  { storageManager, clock }: Pick<Environment, 'storageManager' | 'clock'>,
  { plan, replaced, lost }: Pick<ImportPlan, 'plan' | 'replaced' | 'lost'>,
): Promise<{ neededBytes: number; freeBytes: number } | undefined> {
  if (!plan || !storageManager) return undefined;
  const estimate = await withDeadline<StorageEstimate>(
    clock,
    estimated(storageManager),
    PATIENCE_MS,
    () => ({}),
  );
  const { quota = 0, usage = 0 } = estimate;
  if (quota === 0) return undefined;
  const records = [
    ...plan.changes.map(({ data }) => data),
    ...[...replaced, ...lost].map(({ data }) => data),
  ];
  const neededBytes = COPIES * records.reduce<number>((sum, data) => sum + sizeHint(data), 0);
  const freeBytes = Math.max(quota - usage, 0);
  return neededBytes > freeBytes ? { neededBytes, freeBytes } : undefined;
}

async function estimated(manager: Pick<StorageManager, 'estimate'>): Promise<StorageEstimate> {
  try {
    return await manager.estimate();
  } catch {
    return {};
  }
}

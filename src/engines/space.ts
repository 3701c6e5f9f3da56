import type { Environment } from '../environment.ts';
import { withDeadline } from './deadline.ts';

/** The browser's guess, or that there is none. Unknown is not zero, and the guess may be far off (F21, F22). */
export type Space = { kind: 'estimated'; usedBytes: number; quotaBytes: number } | { kind: 'unknown' };

/** Will the browser keep the data when it needs room? `unknown`: it does not say, or has not said yet. */
export type Persistence = 'kept' | 'evictable' | 'unknown';

type World = Pick<Environment, 'storageManager' | 'clock'>;

const ESTIMATE_DEADLINE_MS = 2_000;

/** Asks how much room there is. A hint for people, never a reason to write or not: react to the error instead. */
export async function estimateSpace({ storageManager, clock }: World): Promise<Space> {
  const ask = async (): Promise<Space> => {
    const { usage, quota } = (await storageManager?.estimate()) ?? {};
    if (!isSize(usage) || !isSize(quota)) return { kind: 'unknown' };
    return { kind: 'estimated', usedBytes: usage, quotaBytes: quota };
  };
  const unknown = (): Space => ({ kind: 'unknown' });
  return withDeadline(clock, ask().catch(unknown), ESTIMATE_DEADLINE_MS, unknown);
}

/** Does the browser already promise to keep the data? Asks nobody. */
export async function isPersisted({ storageManager, clock }: World): Promise<Persistence> {
  const ask = async () => answerOf(await storageManager?.persisted());
  return withDeadline(clock, ask().catch(unknown), ESTIMATE_DEADLINE_MS, unknown);
}

/**
 * Asks the browser to keep the data (F44). Firefox asks the person, and the promise waits for the answer for as long as
 * that takes: never await this at start.
 */
export async function askToPersist({ storageManager }: Pick<World, 'storageManager'>): Promise<Persistence> {
  try {
    return answerOf(await storageManager?.persist());
  } catch {
    return 'unknown';
  }
}

const unknown = (): Persistence => 'unknown';

function answerOf(isKept: boolean | undefined): Persistence {
  if (isKept === undefined) return 'unknown';
  return isKept ? 'kept' : 'evictable';
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

import type { Persistence } from '../../client.ts';
import { tellRecovered } from './tellRecovered.ts';

/** Opens recovery for the records that were set aside, and says what came of it. */
export async function reviewDamage(persistence: Persistence): Promise<void> {
  const result = await persistence.recover('setAside');
  if (result?.kind === 'recovered') tellRecovered(persistence, result);
}

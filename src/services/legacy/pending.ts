import type { Stored } from '../../vault/contract.ts';
import { gatherSources, isPending, type LegacyHands } from './gather.ts';

/** Is there a source that was not looked at as it is now? One that cannot be looked at is: it is tried again. */
export async function hasPending(hands: LegacyHands, stored: Pick<Stored, 'marks'>): Promise<boolean> {
  return (await gatherSources(hands, stored)).some(isPending);
}

import type { BootInput } from '../../machines/boot.types.ts';
import { readWitness } from '../engines/witness.ts';
import type { Environment } from '../environment.ts';

/** What `boot` must know before it opens anything. Never throws, and writes nothing. */
export function rememberedBy(
  environment: Pick<Environment, 'localStorage' | 'locks'>,
  name: string,
): BootInput {
  // One that cannot be read may tell of data all the same.
  const mayHoldData = readWitness(environment, name).kind !== 'absent';
  return { mayHoldData, canUseLocalStorage: environment.locks !== undefined };
}

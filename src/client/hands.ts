import type { Policy } from '../../machines/load.types.ts';
import type { StartHands } from '../services/boundStart.ts';
import { createFound } from '../services/found.ts';
import type { VaultState } from '../vault/contract.ts';
import type { Rules } from '../vault/rules.ts';
import type { Envelope } from '../vault/types.ts';
import type { LegacyDomain } from './legacy.ts';
import type { Places } from './places.ts';
import type { VaultSlot } from './vaultSlot.ts';

interface Options extends Pick<StartHands, 'plant' | 'flush' | 'onProgress' | 'memory'> {
  places: Places;
  slot: VaultSlot;
  rules: Rules;
  policyOf: ((readable: readonly Envelope[]) => Policy) | undefined;
  legacy: LegacyDomain | undefined;
}

/** What every service works with: at any moment the place that is used, and the writer that is there. */
export function createHands({
  places,
  slot,
  rules,
  policyOf,
  legacy,
  onProgress,
  memory,
  plant,
  flush,
}: Options): StartHands {
  return {
    get name() {
      return places.name;
    },
    get environment() {
      return places.environment;
    },
    get owner() {
      return places.owner;
    },
    owners: places.owners,
    use: places.use,
    letOpen: places.letOpen,
    rules,
    ...(policyOf && { policyOf }),
    ...(legacy && { legacy }),
    ...(onProgress && { onProgress }),
    ...(memory && { memory }),
    vault: slot.vault,
    openVault: (state: VaultState) => slot.openVault(state),
    found: createFound(),
    unanswered: new Map(),
    plant,
    flush,
  };
}

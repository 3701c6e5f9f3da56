import type { Judgement } from '../../../machines/load.types.ts';
import { type LoadHands, readStores, verifyRecords } from '../../../src/services/load.ts';
import type { Stored, VaultState } from '../../../src/vault/contract.ts';
import type { RawDump } from '../../simulation/world/dump.ts';
import { StorageWorld } from './world.ts';

/** A dump, what is read of it, and what it is judged to be: by the real services, in a world of its own. */
export interface Judged {
  readonly dump: RawDump;
  readonly stored: Stored;
  readonly verdict: Judgement;
}

export async function judge(
  dump: RawDump,
  world = new StorageWorld(),
  hands: LoadHands = world.hands,
): Promise<Judged> {
  await world.set(dump);
  const reading = await readStores(hands, { isWiped: false });
  if (reading.kind !== 'found') throw new Error(`This scene is ${reading.kind}`);
  const verdict = await verifyRecords(hands, reading);
  await world.close();
  return { dump, stored: reading.stored, verdict };
}

/** What of a verdict can be compared: maps of a live state say the same in other shapes. */
export function verdictTrait(verdict: Judgement): unknown {
  switch (verdict.kind) {
    case 'intact':
      return { kind: verdict.kind, state: stateTrait(verdict.state) };
    case 'damaged':
      return {
        ...verdict,
        state: verdict.state && stateTrait(verdict.state),
        base: stateTrait(verdict.base),
      };
    case 'outdated':
      return { ...verdict, state: stateTrait(verdict.state) };
    case 'newer':
      return verdict;
  }
}

export function stateTrait({ vault, head, state, count, versions, records }: VaultState): unknown {
  const all = [...records.values()].flatMap((store) => [...store.values()]);
  return { vault, head, state, count, versions, records: all };
}

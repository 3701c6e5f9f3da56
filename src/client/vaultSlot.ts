import type { Lost } from '../engines/contract.ts';
import { openedBy } from '../services/opened.ts';
import type { Vault, VaultState } from '../vault/contract.ts';
import type { Rules } from '../vault/rules.ts';
import { createVault } from '../vault/vault.ts';
import { deviceOf } from './device.ts';
import type { Places } from './places.ts';
import { NotReady } from './types.ts';

interface Options {
  places: Places;
  rules: Rules;
  /** Told after each change that is durable. */
  onChange(): void;
  /** @returns what is still to be done before the connection closes */
  onLost(why: Lost): unknown;
}

/** Where the one writer is. Another takes its place when what is stored was read anew. */
export function createVaultSlot({ places, rules, onChange, onLost }: Options) {
  let vault: Vault | null = null;
  let leave = () => {};
  let isClosed = false;

  return {
    /** @throws NotReady before anything was loaded */
    vault(): Vault {
      if (!vault || isClosed) throw new NotReady();
      return vault;
    },
    /** What was loaded last, whatever became of its storage. */
    state: (): VaultState | null => vault?.state() ?? null,
    /** Makes the writer over a verified state. @throws StorageError when there is no connection any more */
    async openVault(state: VaultState): Promise<void> {
      const { connection } = await openedBy(places.owner);
      if (isClosed) return;
      leave();
      const { environment, name } = places;
      const device = deviceOf(environment, name);
      const made = createVault({ connection, state, rules, environment, name, device });
      const stops = [made.subscribe(onChange), connection.onLost(onLost)];
      leave = () => {
        for (const stop of stops) stop();
      };
      vault = made;
    },
    close(): void {
      isClosed = true;
      leave();
    },
  };
}

export type VaultSlot = ReturnType<typeof createVaultSlot>;

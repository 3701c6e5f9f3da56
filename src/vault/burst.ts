import type { Vault } from './contract.ts';
import { recordKey } from './envelope.ts';
import type { Change, CommitOutcome, Json } from './types.ts';

/** Saves that nobody waits for one by one, such as those of typing (performance T11). */
export interface Burst {
  /**
   * Saves a record as it is now. One commit is under way at a time; meanwhile only the newest data of each record waits.
   *
   * @returns what became of this data, or of newer data for the same record: `committed` means that one of them is durable
   * @throws StorageError as `Vault.append` does
   */
  save(store: string, id: string, data: Json): Promise<CommitOutcome>;
}

interface Waiting {
  change: Change;
  resolve: ((outcome: CommitOutcome) => void)[];
  reject: ((error: unknown) => void)[];
}

/** @param newId  names the commits */
export function createBurst(vault: Vault, newId: () => string): Burst {
  let waiting = new Map<string, Waiting>();
  let flying = new Map<string, Waiting>();
  let isRunning = false;

  const revOf = (store: string, id: string) => vault.state().records.get(store)?.get(id)?.rev ?? 0;

  const run = async () => {
    isRunning = true;
    while (waiting.size > 0) {
      flying = waiting;
      waiting = new Map();
      await fly();
    }
    isRunning = false;
  };

  const fly = async () => {
    const all = [...flying.values()];
    const changes = all.map(({ change }) => change);
    const label = `${changes.length}`;
    try {
      const outcome = await vault.append({ id: newId(), kind: 'save', label, changes }).outcome;
      const lost = outcome.kind === 'conflicted' ? outcome.winners : [];
      const hit = new Set(lost.map(({ store, id }) => recordKey(store, id)));
      for (const [key, { change, resolve, reject }] of flying) {
        const later = waiting.get(key);
        const isSpared = hit.size > 0 && !hit.has(key);
        // What waits was made from what has just landed; where nothing did, from what it was made from before.
        if (later)
          later.change.baseRev =
            outcome.kind === 'committed' ? revOf(change.store, change.id) : change.baseRev;
        if (!isSpared) for (const settle of resolve) settle(outcome);
        else if (later) later.resolve.push(...resolve);
        else waiting.set(key, { change, resolve, reject });
      }
    } catch (error) {
      for (const [key, { change, reject }] of flying) {
        const later = waiting.get(key);
        if (later) later.change.baseRev = change.baseRev;
        for (const settle of reject) settle(error);
      }
    }
  };

  return {
    save: (store, id, data) =>
      new Promise((resolve, reject) => {
        const key = recordKey(store, id);
        const before = waiting.get(key);
        // One still under way is followed by what waits: its revision is set when that one has landed.
        const baseRev = before?.change.baseRev ?? revOf(store, id);
        waiting.set(key, {
          change: { store, id, data, baseRev },
          resolve: [...(before?.resolve ?? []), resolve],
          reject: [...(before?.reject ?? []), reject],
        });
        if (!isRunning) void run();
      }),
  };
}

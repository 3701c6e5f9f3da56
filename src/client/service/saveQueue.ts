import type { CommitResult } from '../../../machines/types.ts';
import type { VaultState } from '../../vault/contract.ts';
import { LayeredMap } from '../../vault/layered.ts';
import type { Change, CommitPlan, Envelope, Json } from '../../vault/types.ts';
import type { AnyStore } from '../store.ts';
import { isSameJson } from './isSameJson.ts';
import { PersistenceError } from './PersistenceError.ts';
import { ownCopy, recordsIn } from './storeValue.ts';

type Records = ReadonlyMap<string, Envelope>;

interface Options {
  store: AnyStore;
  newId(): string;
  state(): VaultState;
  commit(plan: CommitPlan): Promise<CommitResult>;
}

/** Changes that go out together, and who waits for them. `undefined` removes a record. */
interface Wave {
  readonly changes: Map<string, Json | undefined>;
  agreed: boolean;
  readonly waiters: { resolve(): void; reject(error: unknown): void }[];
}

/**
 * Saves whole values of one store, as the few records that differ. One commit is under way; meanwhile the newest value
 * waits, and takes along what the one before could not land. What failed and nobody waits for any more is forgotten: its
 * caller was told.
 */
export function createSaveQueue({ store, newId, state, commit }: Options) {
  /** What was last handed out or saved: what a caller's value was made from. */
  let base: Records | null = null;
  let flying: Wave | null = null;
  let waiting: Wave | null = null;

  const stored = (): Records => state().records.get(store.name) ?? new Map();

  /** A record as it will be when everything under way has landed. */
  const expected = (from: Records, id: string): unknown => {
    for (const wave of [waiting, flying]) if (wave?.changes.has(id)) return wave.changes.get(id);
    return from.get(id)?.data;
  };

  const changesTo = (from: Records, value: unknown): Map<string, Json | undefined> => {
    const records = recordsIn(store, value);
    const changes = new Map<string, Json | undefined>();
    for (const [id, data] of records) {
      if (!isSameJson(expected(from, id), data)) changes.set(id, ownCopy(store, data));
    }
    for (const names of [from, flying?.changes, waiting?.changes]) {
      for (const id of names?.keys() ?? [])
        if (!records.has(id) && expected(from, id) !== undefined) changes.set(id, undefined);
    }
    return changes;
  };

  const planOf = (from: Records, { changes, agreed }: Wave): CommitPlan => ({
    id: newId(),
    kind: 'save',
    label: store.name,
    changes: [...changes].flatMap(([id, data]): Change[] => {
      const baseRev = from.get(id)?.rev ?? 0;
      return data === undefined && baseRev === 0 ? [] : [{ store: store.name, id, data, baseRev }];
    }),
    agreed,
  });

  const fly = async (wave: Wave): Promise<void> => {
    const from = base ?? stored();
    const plan = planOf(from, wave);
    const result = plan.changes.length > 0 ? await commit(plan) : null;
    if (result && result.kind !== 'committed') {
      throw new PersistenceError(result.kind === 'refused' ? result.why : result.kind);
    }
    // Only what landed: what other tabs did to the rest, nobody here has seen yet.
    const now = stored();
    const landed = new Map(plan.changes.map(({ id }) => [id, now.get(id) ?? null]));
    base = (from instanceof LayeredMap ? (from as LayeredMap<Envelope>) : LayeredMap.over(from)).with(landed);
  };

  const run = async (): Promise<void> => {
    while (waiting) {
      const wave: Wave = waiting;
      flying = wave;
      waiting = null;
      try {
        await fly(wave);
        flying = null;
        for (const { resolve } of wave.waiters) resolve();
      } catch (error) {
        flying = null;
        addBefore(waiting, wave);
        for (const { reject } of wave.waiters) reject(error);
      }
    }
  };

  return {
    /** @throws InvalidRecord; rejects with a PersistenceError when it did not become durable */
    save(value: unknown, agreed: boolean): Promise<void> {
      base ??= stored();
      const changes = changesTo(base, value);
      const joined: Wave | null = changes.size > 0 ? (waiting ?? newWave()) : (waiting ?? flying);
      if (!joined) return Promise.resolve();
      if (changes.size > 0) waiting = joined;
      for (const [id, data] of changes) joined.changes.set(id, data);
      joined.agreed ||= agreed;
      return new Promise((resolve, reject) => {
        joined.waiters.push({ resolve, reject });
        if (!flying) void run();
      });
    },
    /** Ends when nothing is under way, however it ended. */
    async rest(): Promise<void> {
      for (let wave = waiting ?? flying; wave; wave = waiting ?? flying) {
        const { waiters } = wave;
        await new Promise<void>((resolve) => waiters.push({ resolve, reject: () => resolve() }));
      }
    },
    /** Somebody was handed what is stored now: from here on values are made from it. */
    handOut(): Records {
      base = stored();
      return base;
    },
  };
}

function newWave(): Wave {
  return { changes: new Map(), agreed: false, waiters: [] };
}

/** What waits was made from what has just failed to land: it has to bring that, too. */
function addBefore(waiting: Wave | null, failed: Wave): void {
  for (const [id, data] of failed.changes) if (!waiting?.changes.has(id)) waiting?.changes.set(id, data);
}

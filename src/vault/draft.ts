import type { VaultState } from './contract.ts';
import { recordKey } from './envelope.ts';
import { type Gone, raised, recalled } from './gone.ts';
import { LayeredMap } from './layered.ts';
import { addChecksum, EMPTY_SUM, sumFromHex, sumToHex, takeChecksum } from './sum.ts';
import type { Envelope } from './types.ts';

/** Every record, in no particular order. */
export function allRecords({ records }: Pick<VaultState, 'records'>): Envelope[] {
  return [...records.values()].flatMap((all) => [...all.values()]);
}

/** A vault before its first commit. */
export function emptyState(vault: string): VaultState {
  return {
    vault,
    head: { seq: 0, seal: null },
    state: sumToHex(EMPTY_SUM),
    count: {},
    versions: {},
    records: new Map(),
    gone: new Map(),
    weight: { snapshotBytes: 0, tailBytes: 0 },
    asides: [],
    rebase: null,
  };
}

/**
 * The same records, where what is stored no longer leads to them: an emptied database, of which memory is the only
 * copy. The next commit brings a snapshot of its own.
 */
export function rebased(state: VaultState, foundHead: unknown): VaultState {
  return { ...state, rebase: { foundHead } };
}

/** What is about to become the next state: changes over a state that itself is never changed. */
export interface Draft {
  get(store: string, id: string): Envelope | undefined;
  set(store: string, id: string, record: Envelope | null): void;
  /** What a header remembers of removed records. */
  recall(header: Parameters<typeof recalled>[1]): void;
  gone(): Gone;
  state(): string;
  count(): { [store: string]: number };
  /** The next state. It shares nothing with the draft. */
  close(patch: Pick<VaultState, 'head'> & Partial<VaultState>): VaultState;
}

export function openDraft(base: VaultState): Draft {
  const changed = new Map<string, Map<string, Envelope | null>>();
  const sizes = new Map(Object.entries(base.count));
  const left = new Map<string, number>();
  let known = base.gone;
  let sum = sumFromHex(base.state);

  const get = (store: string, id: string) => {
    const record = changed.get(store)?.get(id);
    return record === undefined ? base.records.get(store)?.get(id) : (record ?? undefined);
  };

  const gone = () => raised(known, left);

  return {
    get,
    set(store, id, record) {
      const before = get(store, id);
      const size = sizes.get(store) ?? 0;
      if (before) sum = takeChecksum(sum, before.checksum);
      if (record) sum = addChecksum(sum, record.checksum);
      if (before && !record) left.set(recordKey(store, id), before.rev);
      sizes.set(store, size + Number(record !== null) - Number(before !== undefined));
      const ids = changed.get(store) ?? new Map<string, Envelope | null>();
      changed.set(store, ids.set(id, record));
    },
    recall(header) {
      known = recalled(known, header);
    },
    gone,
    state: () => sumToHex(sum),
    count: () => Object.fromEntries([...sizes].filter(([, size]) => size > 0)),
    close(patch) {
      const records = new Map(base.records);
      for (const [store, changes] of changed) records.set(store, layer(base.records.get(store), changes));
      return { ...base, state: this.state(), count: this.count(), records, gone: gone(), ...patch };
    },
  };
}

function layer(
  base: ReadonlyMap<string, Envelope> | undefined,
  changes: ReadonlyMap<string, Envelope | null>,
): LayeredMap<Envelope> {
  if (base instanceof LayeredMap) return (base as LayeredMap<Envelope>).with(changes);
  return LayeredMap.over(base ?? new Map<string, Envelope>()).with(changes);
}

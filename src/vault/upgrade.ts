import { StorageError } from '../engines/errors.ts';
import type { VaultState } from './contract.ts';
import type { Rules, StoreRules } from './rules.ts';
import type { Change, Envelope, Json } from './types.ts';

/** The data of a record in the shape of this build. @throws what the store's migration throws, and `programmer` without one */
export function upgrade(record: Envelope, rule: StoreRules | undefined): Json {
  if (!rule || record.version >= rule.version) return record.data;
  if (!rule.migrate)
    throw new StorageError('programmer', 'a store above version 1 says how older records become so');
  return rule.migrate(record.data, record.version);
}

/** The changes that bring every older record to this build's version. Empty when there is nothing to do: twice equals once. */
export function migrationChanges(state: VaultState, rules: Rules): Change[] {
  return [...state.records].flatMap(([store, records]) => {
    const rule = rules.get(store);
    if (!rule) return [];
    return [...records.values()]
      .filter(({ version }) => version < rule.version)
      .map((record) => ({ store, id: record.id, data: upgrade(record, rule), baseRev: record.rev }));
  });
}

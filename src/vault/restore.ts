import type { VaultState } from './contract.ts';
import { allRecords } from './draft.ts';
import type { Rules } from './rules.ts';
import type { Change } from './types.ts';
import { upgrade } from './upgrade.ts';

/**
 * The changes that bring the present to another state: a point in time, or what was rescued. Equal records are left
 * alone; older ones are migrated in memory. The commit that takes them keeps what it replaces, so it can be undone (I16).
 */
export function restoreChanges(now: VaultState, wanted: Pick<VaultState, 'records'>, rules: Rules): Change[] {
  const puts = allRecords(wanted).flatMap((record): Change[] => {
    const { store, id, createdAt } = record;
    const present = now.records.get(store)?.get(id);
    if (present?.checksum === record.checksum) return [];
    const data = upgrade(record, rules.get(store));
    return [{ store, id, data, createdAt, baseRev: present?.rev ?? 0, lastRev: record.rev }];
  });
  const removals = allRecords(now)
    .filter(({ store, id }) => !wanted.records.get(store)?.has(id))
    .map(({ store, id, rev }): Change => ({ store, id, data: undefined, baseRev: rev }));
  return [...puts, ...removals];
}

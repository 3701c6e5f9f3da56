import type { Faithful, MigrationStep } from '../../machines/migration.types.ts';
import { isOfClass } from '../engines/errors.ts';
import { canonical, isSameValue } from '../vault/canonical.ts';
import type { VaultState } from '../vault/contract.ts';
import { allRecords } from '../vault/draft.ts';
import { recordKey } from '../vault/envelope.ts';
import type { Rules } from '../vault/rules.ts';
import type { Change, Envelope, Json } from '../vault/types.ts';
import { upgrade } from '../vault/upgrade.ts';

/** The records that an older build wrote. */
export function olderRecords(state: VaultState, rules: Rules): Envelope[] {
  return allRecords(state).filter(({ store, version }) => version < (rules.get(store)?.version ?? 0));
}

/** What there is to do, store by store. */
export function stepsOf(state: VaultState, rules: Rules): MigrationStep[] {
  const steps = new Map<string, MigrationStep>();
  for (const { store, version } of olderRecords(state, rules)) {
    const { from = version, records = 0 } = steps.get(store) ?? {};
    const to = rules.get(store)?.version ?? version;
    steps.set(store, { store, from: Math.min(from, version), to, records: records + 1 });
  }
  return [...steps.values()];
}

/**
 * A copy of the data in this build's shape; `undefined` when the store's step fails on it.
 *
 * @throws StorageError of class `programmer` when the store has no such step
 */
export function convert(record: Envelope, rules: Rules): Json | undefined {
  // A step that changes what it was given must not change the record that storage is compared with.
  const copy = { ...record, data: structuredClone(record.data) };
  try {
    return upgrade(copy, rules.get(record.store));
  } catch (error) {
    if (isOfClass(error, 'programmer')) throw error;
    return undefined;
  }
}

type Fault = Pick<Extract<Faithful, { kind: 'unfaithful' }>, 'why' | 'store' | 'id'>;

/** The first record whose copy is not what it should be; `undefined` when all of them are. */
export function copyFault(state: VaultState, changes: readonly Change[], rules: Rules): Fault | undefined {
  const copies = new Map(changes.map((change) => [recordKey(change.store, change.id), change]));
  const older = olderRecords(state, rules);
  for (const record of older) {
    const { store, id } = record;
    const copy = copies.get(recordKey(store, id));
    const why = copy ? faultOf(copy, record, rules) : 'count';
    if (why) return { why, store, id };
  }
  const known = new Set(older.map(({ store, id }) => recordKey(store, id)));
  const extra = changes.find(({ store, id }) => !known.has(recordKey(store, id)));
  return extra && { why: 'count', store: extra.store, id: extra.id };
}

function faultOf(copy: Change, record: Envelope, rules: Rules): Fault['why'] | undefined {
  const rule = rules.get(record.store);
  if (copy.data === undefined || copy.baseRev !== record.rev) return 'count';
  if (!survivesStoring(copy.data)) return 'roundTrip';
  if (!rule?.isSound(copy.data, rule.version)) return 'schema';
  const again = convert(record, rules);
  return again !== undefined && isSameValue(again, copy.data) ? undefined : 'unstable';
}

/** Is it what comes back when it is read again? Not so for what JSON cannot hold. */
export function survivesStoring(data: Json): boolean {
  try {
    return isSameValue(JSON.parse(canonical(data)) as Json, data);
  } catch {
    return false;
  }
}

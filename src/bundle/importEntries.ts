import type { VaultState } from '../vault/contract.ts';
import { recordKey } from '../vault/envelope.ts';
import type { Envelope, Json } from '../vault/types.ts';
import type { Bundle, BundleRecord } from './bundle.ts';
import { isAlike } from './compareData.ts';
import type { BundleDomain } from './domain.ts';
import type { Choice, EntryKind, ImportEntry, ImportOptions, Strategy } from './importPlan.ts';
import { withoutWithheld } from './withheld.ts';

/** Holds each record of a file against what is here. */
export function compareBundle(
  { records }: Bundle,
  state: VaultState,
  domain: BundleDomain,
  { strategy, choices, baseOf }: ImportOptions,
): ImportEntry[] {
  const first = new Map<string, { record: BundleRecord; times: number }>();
  const likeness = likenessesIn(state, domain);
  return records.flatMap((found) => {
    const store = domain.stores.get(found.store);
    if (!store) return [];
    const here = state.records.get(found.store)?.get(found.id);
    const record = { ...found, data: withoutWithheld(found.data, here?.data, store) };
    const key = recordKey(found.store, found.id);
    const before = first.get(key);
    first.set(key, { record: before?.record ?? record, times: (before?.times ?? 0) + 1 });
    const kind = before
      ? isAlike(record.data, before.record.data)
        ? 'same'
        : 'repeated'
      : compareRecord(record, here, baseOf?.(found.store, found.id));
    const like = kind === 'new' ? store.likenessOf?.(record.data) : undefined;
    const entry = {
      key: before ? `${key}\u0000${before.times}` : key,
      kind,
      record,
      here,
      isLikeAnother: like !== undefined && likeness.has(recordKey(found.store, like)),
      canKeepBoth: store.copyOf !== undefined && kind !== 'new' && kind !== 'same',
    } as const;
    const isRepeated = before !== undefined;
    const choice = choices?.get(entry.key) ?? usualChoice(entry, strategy, isRepeated);
    return [{ ...entry, choice: isPossible(choice, entry, isRepeated) ? choice : undefined }];
  });
}

/** Two entries of one id cannot both become the record of that id. */
function isPossible(
  choice: Choice | undefined,
  { canKeepBoth }: Pick<ImportEntry, 'canKeepBoth'>,
  isRepeated: boolean,
): boolean {
  return choice === 'both' ? canKeepBoth : choice === 'here' || !isRepeated;
}

function compareRecord(record: BundleRecord, here: Envelope | undefined, base: Json | undefined): EntryKind {
  if (!here) return 'new';
  if (here.checksum === record.checksum || isAlike(record.data, here.data)) return 'same';
  if (base === undefined) return 'conflicting';
  if (isAlike(here.data, base)) return 'changed';
  return isAlike(record.data, base) ? 'changedHere' : 'conflicting';
}

/** What happens unless the person says otherwise. Never a side where both may have changed, but for `replace`. */
function usualChoice(
  { kind, canKeepBoth, isLikeAnother }: Omit<ImportEntry, 'choice'>,
  strategy: Strategy,
  isRepeated: boolean,
): Choice | undefined {
  if (kind === 'repeated') return canKeepBoth ? 'both' : undefined;
  if (strategy === 'replace') return isRepeated ? 'here' : 'file';
  switch (kind) {
    case 'new':
      return isLikeAnother && strategy === 'skipDuplicates' ? 'here' : 'file';
    case 'changed':
      return strategy === 'merge' ? 'file' : 'here';
    case 'same':
    case 'changedHere':
      return 'here';
    case 'conflicting':
      return strategy === 'merge' ? undefined : 'here';
  }
}

function likenessesIn(state: VaultState, domain: BundleDomain): Set<string> {
  const found = new Set<string>();
  for (const [name, { likenessOf }] of domain.stores) {
    if (!likenessOf) continue;
    for (const { data } of state.records.get(name)?.values() ?? [])
      found.add(recordKey(name, likenessOf(data)));
  }
  return found;
}

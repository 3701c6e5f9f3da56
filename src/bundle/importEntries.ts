import type { VaultState } from '../vault/contract.ts';
import { recordKey } from '../vault/envelope.ts';
import type { Envelope, Json } from '../vault/types.ts';
import { sizeHint } from './batches.ts';
import type { Bundle, BundleRecord } from './bundle.ts';
import { isAlike } from './compareData.ts';
import { isAlikeIn } from './compareFields.ts';
import { copyBeside } from './copyBeside.ts';
import type { BundleDomain, BundleStore } from './domain.ts';
import type { Choice, EntryKind, ImportEntry, ImportOptions, Strategy } from './importPlan.ts';
import { createPace, type Pace } from './pace.ts';
import { withoutWithheld } from './withheld.ts';

/** Holds each record of a file against what is here. */
export async function compareBundle(
  bundle: Bundle,
  state: VaultState,
  domain: BundleDomain,
  { strategy, choices, withoutStores, withoutKinds, baseOf, now, ...paceOptions }: ImportOptions,
): Promise<ImportEntry[]> {
  const pace = createPace(paceOptions);
  const first = new Map<string, { record: BundleRecord; times: number; at: number }>();
  const isLikeAnother = await likenessesIn(state, domain, pace);
  const entries: ImportEntry[] = [];
  for (const found of bundle.records) {
    const store = domain.stores.get(found.store);
    if (!store) continue;
    const here = state.records.get(found.store)?.get(found.id);
    const record = { ...found, data: withoutWithheld(found.data, here?.data, store) };
    const key = recordKey(found.store, found.id);
    const before = first.get(key);
    first.set(
      key,
      before ? { ...before, times: before.times + 1 } : { record, times: 1, at: entries.length },
    );
    const base = before ? undefined : baseOf?.(found.store, found.id);
    const kind = before
      ? isAlike(record.data, before.record.data)
        ? 'same'
        : 'repeated'
      : known(found, { here, base, store }, () => compareRecord(record, here, { base, store }));
    const entry = {
      key: before ? `${key}\u0000${before.times}` : key,
      kind,
      record,
      here,
      against: before ? before.record.data : here?.data,
      base,
      isLikeAnother: kind === 'new' && isLikeAnother(record),
      canKeepBoth: store.copyOf !== undefined && kind !== 'new' && kind !== 'same',
    } as const;
    const isRepeated = before !== undefined;
    const isWithout = withoutStores?.has(found.store) || withoutKinds?.has(kind);
    const usual = isWithout ? 'here' : usualChoice(entry, strategy, isRepeated);
    const choice = choices?.get(entry.key) ?? usual;
    const decided = isPossible(choice, entry, isRepeated) ? choice : undefined;
    const instead = before && decided === 'file' ? entries[before.at] : undefined;
    if (before && instead) entries[before.at] = { ...instead, choice: 'here' };
    const copy = decided === undefined ? copyBeside(record, { bundle, store, now }) : undefined;
    entries.push({ ...entry, choice: decided, copyName: copy && store.nameOf?.(copy.data) });
    if (pace.spend(2 * sizeHint(record.data))) await pace.rest();
  }
  return entries;
}

/** Two entries of one id cannot both become the record of that id: one is copied, or taken in place of the other. */
function isPossible(
  choice: Choice | undefined,
  { canKeepBoth, kind }: Pick<ImportEntry, 'canKeepBoth' | 'kind'>,
  isRepeated: boolean,
): boolean {
  if (choice === 'both') return canKeepBoth;
  return choice === 'here' || !isRepeated || (choice === 'file' && kind === 'repeated' && !canKeepBoth);
}

interface Against {
  readonly here: Envelope | undefined;
  readonly base: Json | undefined;
  readonly store: BundleStore;
}
const compared = new WeakMap<BundleRecord, Against & { readonly kind: EntryKind }>();

/** What was compared a moment ago need not be again: a person ticks one box after the other. */
function known(found: BundleRecord, against: Against, compare: () => EntryKind): EntryKind {
  const { here, base, store } = against;
  const before = compared.get(found);
  if (before && before.here === here && before.base === base && before.store === store) return before.kind;
  const kind = compare();
  compared.set(found, { ...against, kind });
  return kind;
}

function compareRecord(
  record: BundleRecord,
  here: Envelope | undefined,
  { base, store }: { base: Json | undefined; store: BundleStore },
): EntryKind {
  if (!here) return 'new';
  if (here.checksum === record.checksum || isAlikeIn(record.data, here.data, store)) return 'same';
  if (base === undefined) return 'conflicting';
  if (isAlikeIn(here.data, base, store)) return 'changed';
  return isAlikeIn(record.data, base, store) ? 'changedHere' : 'conflicting';
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

/** Asks whether the state has a record that a person would call the same. */
async function likenessesIn(
  state: VaultState,
  domain: BundleDomain,
  pace: Pace,
): Promise<(record: BundleRecord) => boolean> {
  const found = new Map<string, Set<string>>();
  for (const [name, { likenessOf }] of domain.stores) {
    const records = state.records.get(name);
    if (!likenessOf || !records) continue;
    const likenesses = new Set<string>();
    for (const { data } of records.values()) {
      likenesses.add(likenessOf(data));
      if (pace.spend(sizeHint(data))) await pace.rest();
    }
    found.set(name, likenesses);
  }
  return ({ store, data }) => {
    const likenesses = found.get(store);
    const likeness = likenesses && domain.stores.get(store)?.likenessOf?.(data);
    return likeness !== undefined && likenesses?.has(likeness) === true;
  };
}

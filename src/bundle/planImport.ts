import type { VaultState } from '../vault/contract.ts';
import { recordKey } from '../vault/envelope.ts';
import type { Envelope } from '../vault/types.ts';
import type { Bundle } from './bundle.ts';
import { copyIdOf } from './contentId.ts';
import type { BundleDomain } from './domain.ts';
import { changesOf } from './importChanges.ts';
import { compareBundle } from './importEntries.ts';
import type { EntryKind, ImportEntry, ImportOptions, ImportPlan } from './importPlan.ts';
import { createWarnings, type Warnings } from './warnings.ts';

/** How long the point before an import is kept at least (durability 3.7). */
const PIN_DAYS = 30;

/**
 * What an import would do, and the one commit that does it. Pure: the same file, state and choices give the same plan.
 * Nothing is written, and nothing is decided for a person where both sides changed.
 */
export async function planImport(
  bundle: Bundle,
  state: VaultState,
  domain: BundleDomain,
  options: ImportOptions,
): Promise<ImportPlan> {
  const entries = await compareBundle(bundle, state, domain, options);
  const stores = bundle.stores.filter((store) => !options.withoutStores?.has(store));
  const lost = options.strategy === 'replace' ? missingFrom(stores, entries, state) : [];
  const { changes, replaced } = changesOf(entries, { lost, bundle, state, domain, options });
  const shrinking = shrinkingIn(state, changes);
  const warnings = createWarnings();
  const counts: Record<EntryKind | 'unusable', number> = {
    new: 0,
    same: 0,
    changed: 0,
    changedHere: 0,
    conflicting: 0,
    repeated: 0,
    unusable: bundle.unusable.length,
  };
  let undecided = 0;
  for (const { kind, choice, isLikeAnother, record } of entries) {
    counts[kind] += 1;
    if (isLikeAnother) warnings.add('same-content', record.store);
    if (choice !== undefined) continue;
    undecided += 1;
    warnings.add('undecided', record.store);
  }
  noteDangling(bundle, state, { domain, warnings });
  return {
    entries,
    counts,
    undecided,
    lost,
    replaced,
    shrinking,
    warnings: warnings.list(),
    plan:
      changes.length === 0
        ? null
        : {
            kind: 'import',
            label: options.label,
            changes,
            pin: { name: options.pinName, days: PIN_DAYS },
            ...(shrinking.length > 0 && options.isAgreed && { agreed: true }),
          },
  };
}

/** Records of these stores that the file does not have. Stores it does not speak about are left alone. */
function missingFrom(
  stores: readonly string[],
  entries: readonly ImportEntry[],
  state: VaultState,
): Envelope[] {
  const inFile = new Set(
    entries.map(({ choice, record }) =>
      recordKey(record.store, choice === 'both' ? copyIdOf(record) : record.id),
    ),
  );
  return stores.flatMap((store) =>
    [...(state.records.get(store)?.values() ?? [])].filter(({ id }) => !inFile.has(recordKey(store, id))),
  );
}

/** The vault's own guard, asked beforehand: less than half of a store left, or nothing. */
function shrinkingIn(state: VaultState, changes: ReturnType<typeof changesOf>['changes']): string[] {
  const growth = new Map<string, number>();
  for (const { store, data, baseRev } of changes) {
    const difference = Number(data !== undefined) - Number(baseRev > 0);
    growth.set(store, (growth.get(store) ?? 0) + difference);
  }
  return Object.entries(state.count)
    .filter(([store, size]) => {
      const left = size + (growth.get(store) ?? 0);
      return left === 0 || left < size / 2;
    })
    .map(([store]) => store);
}

/** Tells of records about another one that is neither in the file nor here. They are taken all the same. */
function noteDangling(
  { records }: Bundle,
  state: VaultState,
  { domain, warnings }: { domain: BundleDomain; warnings: Warnings },
): void {
  const inFile = new Set(records.map(({ store, id }) => recordKey(store, id)));
  for (const { store, data } of records) {
    const target = domain.stores.get(store)?.refersTo?.(data);
    if (!target || inFile.has(recordKey(target.store, target.id))) continue;
    if (!state.records.get(target.store)?.has(target.id)) warnings.add('dangling-reference', store);
  }
}

import { isSameValue } from '../vault/canonical.ts';
import type { VaultState } from '../vault/contract.ts';
import type { Change, Envelope, Json } from '../vault/types.ts';
import type { Bundle, BundleRecord } from './bundle.ts';
import { copyBeside } from './copyBeside.ts';
import type { BundleDomain } from './domain.ts';
import type { ImportEntry, ImportOptions } from './importPlan.ts';

interface Context {
  /** Records that go. */
  readonly lost: readonly Envelope[];
  readonly bundle: Bundle;
  readonly state: VaultState;
  readonly domain: BundleDomain;
  readonly options: ImportOptions;
}

/** The changes that carry out what was chosen, none of which changes nothing. */
export function changesOf(
  entries: readonly ImportEntry[],
  context: Context,
): { changes: Change[]; replaced: Envelope[] } {
  const replaced: Envelope[] = [];
  const changes = entries.flatMap((entry): Change[] => {
    const { choice, here, record } = entry;
    if (choice === undefined || choice === 'here') return [];
    if (choice === 'both') return copyChange(record, context);
    const data = choice === 'file' ? record.data : choice.merged;
    const isReplace = context.options.strategy === 'replace';
    if (here && isSameValue(data, here.data) && !(isReplace && isRedated(record, here))) return [];
    if (here) replaced.push(here);
    return [changeTo(data, choice === 'file' ? record : undated(record), { here, isReplace })];
  });
  for (const { store, id, rev } of context.lost) changes.push({ store, id, data: undefined, baseRev: rev });
  return { changes, replaced };
}

/** The date of a record never changes once it is here (B02), unless the person wants exactly what the file has. */
function changeTo(
  data: Json,
  { store, id, createdAt, updatedAt }: BundleRecord,
  { here, isReplace }: { here: Envelope | undefined; isReplace: boolean },
): Change {
  return {
    store,
    id,
    data,
    baseRev: here?.rev ?? 0,
    ...(createdAt !== undefined && (!here || isReplace) && { createdAt }),
    ...(updatedAt !== undefined && { updatedAt }),
  };
}

/** A merged record is nobody's old one. */
function undated({ store, id, data }: BundleRecord): BundleRecord {
  return { store, id, data };
}

function isRedated({ createdAt }: BundleRecord, here: Envelope): boolean {
  return createdAt !== undefined && createdAt !== here.createdAt;
}

/** Beside the original; nothing when that copy is here already. */
function copyChange(record: BundleRecord, { bundle, domain, options, state }: Context): Change[] {
  const copy = copyBeside(record, { bundle, store: domain.stores.get(record.store), now: options.now });
  // Made before: whatever the person did with it since is theirs.
  if (!copy || state.records.get(record.store)?.has(copy.id)) return [];
  return [changeTo(copy.data, { ...record, id: copy.id }, { here: undefined, isReplace: false })];
}

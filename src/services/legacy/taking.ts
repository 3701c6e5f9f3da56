import type { FoundSource, LegacyRecord, Taken } from '../../../machines/migration.types.ts';
import { isSameValue } from '../../vault/canonical.ts';
import type { VaultState } from '../../vault/contract.ts';
import type { Rules } from '../../vault/rules.ts';
import type { Change, Envelope } from '../../vault/types.ts';
import { changeTo } from './changeTo.ts';
import type { LegacyReader } from './domain.ts';
import { openLedger } from './ledger.ts';
import { IMPORTED_MARK, type Imported } from './marks.ts';
import { compareAge, compareWithCurrent } from './newer.ts';
import { dataHash } from './rowHash.ts';
import { type Offer, siftRows } from './sift.ts';

export interface TakingOptions {
  rules: Rules;
  /** What was put here earlier, by record. */
  imported: Imported;
  reader: Pick<LegacyReader, 'copyOf' | 'isExample'>;
  newId(): string;
  /** ISO 8601, for what goes into quarantine. */
  at: string;
  /** Awaited for every row; resolves in a later task where it is time to let the page answer. */
  breathe(characters: number): Promise<void>;
}

/**
 * Decides what becomes of every row of every source, over what the vault holds (hl7.md 4): nothing is replaced that was
 * changed here, the newer version wins, and whatever does not become a record exactly as it was found is kept aside.
 */
export async function takeSources(
  state: VaultState,
  sources: readonly FoundSource[],
  options: TakingOptions,
): Promise<Taken> {
  const { at, reader, newId } = options;
  const { isExample } = reader;
  const ledger = openLedger(sources, at);
  const imported = new Map(Object.entries(options.imported));
  const changes: Change[] = [];

  for (const [key, offers] of await siftRows(sources, { ...options, ledger })) {
    const [best, ...others] = newestFirst(offers, isExample);
    if (!best) continue;
    const { record } = best.row;
    const current = state.records.get(record.store)?.get(record.id);
    const last = imported.get(key);
    if (current && !mayReplace(record, { current, last, isExample })) {
      // Where it was changed on both sides, no date decides.
      lose(best, current, last === undefined ? compareWithCurrent(record, current, isExample) : 0);
      for (const other of others)
        lose(other, current, compareWithCurrent(other.row.record, current, isExample));
      continue;
    }
    if (current && isSameValue(current.data, record.data)) ledger.count(best.source, 'merged');
    else {
      changes.push(changeTo(record, current?.rev ?? 0));
      ledger.count(best.source, 'imported');
    }
    imported.set(key, best.hash);
    for (const other of others) lose(other, record, compareAge(other.row.record, record, isExample));
  }

  /** The same as what wins, an older version of it, or another that stands beside it, so that a person can decide. */
  function lose({ row, source }: Offer, winner: Pick<LegacyRecord, 'data'>, age: number): void {
    if (isSameValue(row.record.data, winner.data)) {
      ledger.count(source, 'merged');
    } else if (age < 0) {
      ledger.keep(source, row.text, { why: 'older', isRow: true });
    } else {
      standBeside({ row, source });
    }
  }

  function standBeside({ row, source }: Pick<Offer, 'row' | 'source'>): void {
    const copy = reader.copyOf(row.record, newId());
    ledger.keep(source, row.text, { why: copy ? 'copied' : 'undecided', isRow: copy === null });
    if (copy) {
      changes.push(changeTo(copy, 0));
      ledger.count(source, 'imported');
    } else {
      ledger.leaveOpen(source);
    }
  }

  const marks = ledger.marks();
  const hasLooked = Object.keys(marks).length > 0;
  return {
    changes,
    quarantine: ledger.quarantine(),
    marks: hasLooked ? { ...marks, [IMPORTED_MARK]: Object.fromEntries(imported) } : {},
    reports: ledger.reports(),
  };
}

/** What was not changed here since it came may be brought up to date; what was made here must be older. */
function mayReplace(
  record: LegacyRecord,
  {
    current,
    last,
    isExample,
  }: { current: Envelope; last: string | undefined; isExample: LegacyReader['isExample'] },
): boolean {
  const age = compareWithCurrent(record, current, isExample);
  if (last === undefined) return age > 0 || isSameValue(current.data, record.data);
  return age >= 0 && last === dataHash(current.store, current.id, current.data);
}

/** What nothing can tell apart stays in the order of the sources. */
function newestFirst(offers: readonly Offer[], isExample: LegacyReader['isExample']): Offer[] {
  return [...offers].sort((one, other) => compareAge(other.row.record, one.row.record, isExample));
}

import type {
  FoundSource,
  LegacyRecord,
  LegacyRow,
  SourceReport,
  Taken,
} from '../../../machines/migration.types.ts';
import { isSameValue } from '../../vault/canonical.ts';
import type { VaultState } from '../../vault/contract.ts';
import { recordKey } from '../../vault/envelope.ts';
import { quarantined } from '../../vault/quarantine.ts';
import type { Rules } from '../../vault/rules.ts';
import type { Change, Envelope, Quarantined } from '../../vault/types.ts';
import { survivesStoring } from '../converting.ts';
import type { LegacyReader } from './domain.ts';
import { IMPORTED_MARK, type Imported, markOf, sourceMarkName } from './marks.ts';
import { compareAge, compareWithCurrent } from './newer.ts';
import { dataHash, rowHash } from './rowHash.ts';
import { textBytes } from './textBytes.ts';

export interface TakingOptions {
  rules: Rules;
  /** What was put here earlier, by record. */
  imported: Imported;
  reader: Pick<LegacyReader, 'copyOf' | 'isExample'>;
  newId(): string;
  /** ISO 8601, for what goes into quarantine. */
  at: string;
  /** Awaited after every row; resolves in a later task where it is time to let the page answer. */
  breathe(characters: number): Promise<void>;
}

type SoundRow = Extract<LegacyRow, { kind: 'sound' }>;

/** One version of a record that a source offers. */
interface Offer {
  readonly row: SoundRow;
  readonly source: FoundSource;
  readonly hash: string;
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
  const { rules, at, breathe, reader } = options;
  const changes: Change[] = [];
  const kept = new Map<string, Quarantined>();
  const imported = new Map(Object.entries(options.imported));
  const tallies = new Map(sources.map((source) => [source, tallyOf(source)]));
  const offers = new Map<string, Offer[]>();

  const keep = (source: FoundSource, text: string, why: string): void => {
    const copy = quarantined(textBytes(text), { where: source.name, why, at });
    kept.set(copy.id, copy);
  };
  const put = (record: LegacyRecord, baseRev: number): void => {
    changes.push(changeTo(record, baseRev));
  };
  const count = (source: FoundSource, what: 'imported' | 'merged' | 'kept'): void => {
    const tally = tallies.get(source);
    if (tally) tally[what] += 1;
  };

  for (const source of sources) {
    const tally = tallies.get(source);
    if (!tally) continue;
    const known = new Set(source.taken);
    if (source.whole) keep(source, source.whole.text, source.whole.why);
    for (const row of source.rows) {
      await breathe(row.text.length);
      const hash = rowHash(row);
      tally.taken.push(hash);
      if (row.kind === 'backup') {
        keep(source, row.text, 'backup');
        tally.kept += 1;
      } else if (row.kind === 'invalid' || !isStorable(row.record, rules)) {
        keep(source, row.text, 'invalid');
        tally.kept += 1;
        tally.isOpen = true;
      } else if (known.has(hash)) {
        tally.merged += 1;
      } else {
        if (row.isRepaired) keep(source, row.text, 'repaired');
        const key = recordKey(row.record.store, row.record.id);
        offers.set(key, [...(offers.get(key) ?? []), { row, source, hash }]);
      }
    }
  }

  const { isExample } = reader;
  for (const [key, all] of offers) {
    const [best, ...others] = newestFirst(all, isExample);
    if (!best) continue;
    const { record } = best.row;
    const current = state.records.get(record.store)?.get(record.id);
    const winner = current && !mayReplace(key, record, current) ? current : record;
    if (winner === current)
      lose(best, winner, imported.has(key) ? 0 : compareWithCurrent(record, current, isExample));
    else {
      const isSame = current !== undefined && isSameValue(current.data, record.data);
      if (!isSame) put(record, current?.rev ?? 0);
      count(best.source, isSame ? 'merged' : 'imported');
      imported.set(key, best.hash);
    }
    for (const other of others) lose(other, winner, compareAge(other.row.record, record, isExample));
  }

  /** What was not changed here since it came may be brought up to date; what was made here must be older. */
  function mayReplace(key: string, record: LegacyRecord, current: Envelope): boolean {
    const age = compareWithCurrent(record, current, isExample);
    const last = imported.get(key);
    if (last === undefined) return age > 0 || isSameValue(current.data, record.data);
    return age >= 0 && last === dataHash(current.store, current.id, current.data);
  }

  /** The same as what is here, an older version of it, or another that stands beside it: a person decides (rule 4). */
  function lose({ row, source }: Offer, winner: Pick<LegacyRecord, 'data'>, age: number): void {
    if (isSameValue(row.record.data, winner.data)) {
      count(source, 'merged');
      return;
    }
    const copy = age < 0 ? null : reader.copyOf(row.record, options.newId());
    keep(source, row.text, copy ? 'copied' : 'older');
    if (copy) put(copy, 0);
    count(source, copy ? 'imported' : 'kept');
  }

  const looked = sources.filter(({ answer }) => answer === 'read' || answer === 'kept');
  const marks = Object.fromEntries(
    looked.map((source) => {
      const tally = tallies.get(source);
      const mark = { hash: source.hash, state: stateOf(source, tally), taken: tally?.taken ?? [] };
      return [sourceMarkName(source.name), markOf(mark)];
    }),
  );
  return {
    changes,
    quarantine: [...kept.values()],
    marks: looked.length > 0 ? { ...marks, [IMPORTED_MARK]: Object.fromEntries(imported) } : {},
    reports: sources.map((source) => reportOf(source, tallies.get(source))),
  };
}

interface Tally {
  imported: number;
  merged: number;
  kept: number;
  /** A person has to decide about something of it. */
  isOpen: boolean;
  taken: string[];
}

function tallyOf({ answer, whole }: FoundSource): Tally {
  const isOpen = answer === 'kept' || whole !== null;
  return { imported: 0, merged: 0, kept: answer === 'kept' ? 1 : 0, isOpen, taken: [] };
}

/** Of what nothing can tell apart, in the order of the sources. */
function newestFirst(offers: readonly Offer[], isExample: LegacyReader['isExample']): Offer[] {
  return [...offers].sort((one, other) => compareAge(other.row.record, one.row.record, isExample));
}

function isStorable({ store, data }: LegacyRecord, rules: Rules): boolean {
  const rule = rules.get(store);
  return rule !== undefined && survivesStoring(data) && rule.isSound(data, rule.version);
}

/** An imported record keeps its source's dates. */
function changeTo({ store, id, data, dates }: LegacyRecord, baseRev: number): Change {
  const created = isoOf(dates.created ?? dates.envelope);
  const updated = isoOf(dates.updated ?? dates.envelope ?? dates.created);
  return {
    store,
    id,
    data,
    baseRev,
    ...(created !== undefined && baseRev === 0 && { createdAt: created }),
    ...(updated !== undefined && { updatedAt: updated }),
  };
}

const MAX_DATE_MS = 8.64e15;

function isoOf(ms: number | undefined): string | undefined {
  return ms !== undefined && Math.abs(ms) <= MAX_DATE_MS ? new Date(ms).toISOString() : undefined;
}

function stateOf({ answer }: FoundSource, tally: Tally | undefined): 'done' | 'partly' {
  return answer === 'kept' || tally?.isOpen ? 'partly' : 'done';
}

/** What can be said of a source before, or without, taking anything of it. */
export function reportOf(source: FoundSource, tally: Tally = tallyOf(source)): SourceReport {
  const { name, answer, rows, failure } = source;
  const { imported, merged, kept } = tally;
  const state = answer === 'unreadable' ? 'pending' : stateOf(source, tally);
  return { source: name, answer, state, found: rows.length, imported, merged, kept, failure };
}

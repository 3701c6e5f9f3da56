import type { FoundSource, LegacyRecord, LegacyRow } from '../../../machines/migration.types.ts';
import { recordKey } from '../../vault/envelope.ts';
import type { Rules } from '../../vault/rules.ts';
import { survivesStoring } from '../converting.ts';
import type { Ledger } from './ledger.ts';
import { rowHash } from './rowHash.ts';

/** One version of a record that a source offers. */
export interface Offer {
  readonly row: Extract<LegacyRow, { kind: 'sound' }>;
  readonly source: FoundSource;
  readonly hash: string;
}

/** Keeps aside what is no record, passes over what was taken earlier, and gives the rest by record. */
export async function siftRows(
  sources: readonly FoundSource[],
  { ledger, rules, breathe }: { ledger: Ledger; rules: Rules; breathe(characters: number): Promise<void> },
): Promise<ReadonlyMap<string, readonly Offer[]>> {
  const offers = new Map<string, Offer[]>();
  for (const source of sources) {
    const known = new Set(source.taken);
    if (source.whole) {
      ledger.keep(source, source.whole.text, { why: source.whole.why });
      ledger.leaveOpen(source);
    }
    for (const row of source.rows) {
      await breathe(row.text.length);
      const hash = rowHash(row);
      ledger.see(source, hash);
      if (row.kind === 'backup') ledger.keep(source, row.text, { why: 'backup', isRow: true });
      else if (row.kind === 'invalid' || !isStorable(row.record, rules)) {
        ledger.keep(source, row.text, { why: 'invalid', isRow: true });
        ledger.leaveOpen(source);
      } else if (known.has(hash)) ledger.count(source, 'merged');
      else {
        if (row.isRepaired) ledger.keep(source, row.text, { why: 'repaired' });
        const key = recordKey(row.record.store, row.record.id);
        const others = offers.get(key) ?? [];
        offers.set(key, others);
        // The same in two sources is one version: the first of them counts, for its data says what is to be known of it.
        if (others.some((other) => other.hash === hash)) ledger.count(source, 'merged');
        else others.push({ row, source, hash });
      }
    }
  }
  return offers;
}

function isStorable({ store, data }: LegacyRecord, rules: Rules): boolean {
  const rule = rules.get(store);
  return rule !== undefined && survivesStoring(data) && rule.isSound(data, rule.version);
}

import type { Faithful, FoundSource, Taken } from '../../../machines/migration.types.ts';
import { toBase64 } from '../../vault/bytes.ts';
import { isSameValue } from '../../vault/canonical.ts';
import type { VaultState } from '../../vault/contract.ts';
import { recordKey } from '../../vault/envelope.ts';
import type { Rules } from '../../vault/rules.ts';
import { survivesStoring } from '../converting.ts';
import { rowHash } from './rowHash.ts';
import { textBytes } from './textBytes.ts';

type Fault = Pick<Extract<Faithful, { kind: 'unfaithful' }>, 'why' | 'store' | 'id'>;

const NO_RECORD = { store: '', id: '', data: undefined };

/**
 * The first row that would be neither a record equal to what was found, nor in quarantine byte for byte, nor taken
 * earlier; or the first record that could not be read back. Only without any may a source be marked (hl7.md 4, rule 5).
 */
export function rowFault(
  state: VaultState,
  sources: readonly FoundSource[],
  { changes, quarantine }: Taken,
  rules: Rules,
): Fault | undefined {
  for (const { store, id, data, baseRev } of changes) {
    const rule = rules.get(store);
    const rev = state.records.get(store)?.get(id)?.rev ?? 0;
    if (data === undefined || baseRev !== rev) return { why: 'count', store, id };
    if (!survivesStoring(data)) return { why: 'roundTrip', store, id };
    if (!rule?.isSound(data, rule.version)) return { why: 'schema', store, id };
  }
  const put = new Map(changes.map(({ store, id, data }) => [recordKey(store, id), data]));
  if (put.size < changes.length) return { why: 'count', store: '', id: '' };
  const kept = new Set(quarantine.map(({ bytes }) => bytes));
  for (const { rows, taken } of sources) {
    const known = new Set(taken);
    for (const row of rows) {
      const { store, id, data } = row.kind === 'sound' ? row.record : NO_RECORD;
      const here = put.get(recordKey(store, id)) ?? state.records.get(store)?.get(id)?.data;
      const isHere = here !== undefined && data !== undefined && isSameValue(here, data);
      if (isHere || known.has(rowHash(row)) || kept.has(toBase64(textBytes(row.text)))) continue;
      return { why: 'count', store, id };
    }
  }
  return undefined;
}

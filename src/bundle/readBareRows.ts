import type { Json } from '../vault/types.ts';
import { verdictOn } from './judge.ts';
import type { Reading } from './reading.ts';
import { readRows } from './readSeedPart.ts';
import { refusal } from './refusal.ts';
import type { Checked } from './verdict.ts';

/**
 * A bare list: the oldest form of the earlier app's data (corpus, decision 5), if any of it is a sound row of a store.
 * One bad row refuses it; the good ones can be salvaged.
 */
export async function readBareRows(list: Json[], reading: Reading): Promise<Checked> {
  const { domain, warnings } = reading;
  for (const [name, store] of domain.stores) {
    const taken = store.fromSeed(list, 0);
    if (taken.kind === 'unsound' || !taken.rows.some((row) => row.kind === 'sound')) continue;
    warnings.add('legacy-v0', name);
    const { records, faults } = await readRows(taken.rows, { name, store, reading, dates: {} });
    const bundle = {
      source: 'rows',
      exportedAt: null,
      stores: [name],
      records,
      untaken: [],
      apart: [],
    } as const;
    return verdictOn(bundle, faults, { label: 'no-checksum', warnings });
  }
  return refusal('not-a-bundle');
}

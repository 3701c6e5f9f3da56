import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundSource, LegacyRow, Taken } from '../../machines/migration.types.ts';
import { legacyReader } from '../../src/app/stores/legacyReader.ts';
import { templateRow } from '../../src/app/stores/legacyTemplate.ts';
import { templates } from '../../src/app/stores/templates.ts';
import { rulesOf } from '../../src/client/store.ts';
import { IMPORTED_MARK, type Imported, sourceMarkName } from '../../src/services/legacy/marks.ts';
import { rowFault } from '../../src/services/legacy/rowFault.ts';
import { takeSources } from '../../src/services/legacy/taking.ts';
import type { VaultState } from '../../src/vault/contract.ts';
import { emptyState } from '../../src/vault/draft.ts';
import type { Envelope } from '../../src/vault/types.ts';

const rules = new Map([['templates', rulesOf(templates)]]);
let ids = 0;

function take(state: VaultState, sources: readonly FoundSource[], imported: Imported = {}): Promise<Taken> {
  return takeSources(state, sources, {
    rules,
    imported,
    reader: legacyReader,
    newId: () => {
      ids += 1;
      return `copy-${ids}`;
    },
    at: '2026-03-01T09:00:00.000Z',
    breathe: async () => {},
  });
}

function sourceOf(name: string, rows: readonly LegacyRow[], taken: readonly string[] = []): FoundSource {
  return { name, answer: 'read', rows, hash: name, whole: null, taken, failure: null };
}

/** What the vault holds once this was committed. */
function after(state: VaultState, { changes }: Taken): VaultState {
  const records = new Map(state.records.get('templates'));
  for (const { store, id, data = null, createdAt = '', updatedAt = '', baseRev } of changes) {
    const record: Envelope = {
      store,
      id,
      data,
      createdAt,
      updatedAt,
      checksum: '',
      rev: baseRev + 1,
      version: 1,
    };
    records.set(id, record);
  }
  return { ...state, records: new Map([['templates', records]]) };
}

const few = <T>(...some: T[]) => fc.constantFrom(...some);
const rowArbitrary = fc
  .record({
    id: few('a', 'b', 'default-0'),
    name: few('one', 'two'),
    description: few('', 'Standard Example'),
    messageType: few('ADT-A01'),
    content: few('MSH|^~\\&|1', 'MSH|^~\\&|2', ''),
    createdAt: few<number | string | null>(0, 1_700_000_000_000, '5', null),
    updatedAt: fc.option(few(1, 1_800_000_000_000), { nil: undefined }),
  })
  .map((row) => JSON.parse(JSON.stringify(row)) as Parameters<typeof templateRow>[0]);
const sourcesArbitrary = fc
  .array(fc.tuple(fc.array(rowArbitrary, { maxLength: 4 }), fc.option(few(1, 2), { nil: undefined })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lists) =>
    lists.map(([rows, date], at) =>
      sourceOf(
        `source ${at}`,
        rows.map((row) => templateRow(row, date)),
      ),
    ),
  );

describe('Taking rows over', () => {
  it('[I6] [X13] [B06] 1,000 random stores: nothing is lost, nothing is taken twice, no two have one id', async () => {
    await fc.assert(
      fc.asyncProperty(sourcesArbitrary, async (sources) => {
        const empty = emptyState('vault');
        const taken = await take(empty, sources);
        expect(rowFault(empty, sources, taken, rules)).toBeUndefined();
        for (const { found, imported, merged, kept } of taken.reports)
          expect(imported + merged + kept).toBe(found);
        const state = after(empty, taken);
        const marked = sources.map((source) => ({
          ...source,
          taken: (taken.marks[sourceMarkName(source.name)] as { taken: string[] }).taken,
        }));
        const again = await take(state, marked, taken.marks[IMPORTED_MARK] as Imported);
        expect(again.changes).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('[I6] is found out when a row is dropped, changed, or put twice', async () => {
    const rows = ['a', 'b'].map((id) => templateRow({ ...ROW, id }, undefined));
    const sources = [sourceOf('one', rows)];
    const state = emptyState('vault');
    const taken = await take(state, sources);
    const [first, second] = taken.changes;
    if (!first || !second) throw new Error('Both are taken');
    const fault = (changes: Taken['changes']) => rowFault(state, sources, { ...taken, changes }, rules)?.why;
    expect(fault(taken.changes)).toBeUndefined();
    expect(fault([first])).toBe('count');
    expect(fault([first, { ...second, data: { ...ROW, id: 'b', name: 'other' } }])).toBe('count');
    expect(fault([first, second, second])).toBe('count');
    expect(fault([first, { ...second, data: { ...ROW, createdAt: Number.NaN } }])).toBe('roundTrip');
    expect(fault([first, { ...second, data: {} }])).toBe('schema');
    expect(fault([first, { ...second, baseRev: 3 }])).toBe('count');
  });
});

const ROW = {
  id: 'a',
  name: 'A',
  description: '',
  messageType: 'ADT-A01',
  content: 'MSH|^~\\&|',
  createdAt: 1,
};

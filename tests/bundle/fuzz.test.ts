import { describe, expect, test } from 'vitest';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import type { Bundle } from '../../src/bundle/bundle.ts';
import { planImport } from '../../src/bundle/planImport.ts';
import { emptyState } from '../../src/vault/draft.ts';
import type { Json } from '../../src/vault/types.ts';
import { seededRandom } from '../support/environment.ts';
import {
  check,
  envelope,
  exportOf,
  NOW,
  seedFile,
  settings,
  template,
  templateData,
  timeFor,
} from './support.ts';

const SEEDS = Number(process.env.SEEDS ?? 1_000);
const FIRST = Number(process.env.SEED ?? 1);
const RUNS = process.env.SEED ? 1 : SEEDS;
const HANG_MS = 2_000;

const records = [
  template('a', { name: 'Röntgen', content: 'MSH|^~\\&|\r\n\u0000\ud800' }),
  template('b', { tags: ['x'], createdAt: 0 }),
  template('c'),
  settings({ theme: 'dark', autoSave: true }),
  envelope('drafts', 'templates/d', { store: 'templates', id: 'd', data: { deep: [[[{ x: null }]]] } }),
];
const good = {
  own: new TextDecoder().decode(await exportOf(records)),
  seed: seedFile({
    templates: [templateData('a'), templateData('b'), templateData('c')],
    settings: { theme: 'dark' },
  }),
  rows: JSON.stringify([templateData('a'), templateData('b')]),
};

/** Tokens that turn one JSON into another; a random byte rarely does. */
const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  '0',
  '-1',
  '1e999',
  'null',
  'true',
  '"id":"a",',
  '{"__proto__":1},',
  '\ufeff',
];

function mutate(text: string, random: () => number): Uint8Array {
  let bytes = [...new TextEncoder().encode(text)];
  const at = () => Math.floor(random() * (bytes.length + 1));
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const [one, other] = [at(), at()].sort((a, b) => a - b) as [number, number];
    const near = Math.min(other, one + 20);
    const token = new TextEncoder().encode(TOKENS[Math.floor(random() * TOKENS.length)]);
    switch (Math.floor(random() * 7)) {
      case 0:
        bytes[one] = (bytes[one] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 1:
        bytes.splice(one, near - one);
        break;
      case 2:
        bytes.splice(one, 0, ...token);
        break;
      case 3:
        bytes.splice(one, near - one, ...token);
        break;
      case 4:
        bytes = bytes.slice(0, other);
        break;
      case 5:
        bytes.splice(other, 0, ...bytes.slice(one, near));
        break;
      default:
        bytes.splice(one, near - one, ...bytes.slice(other, other + near - one));
    }
  }
  return new Uint8Array(bytes);
}

const identities = new Set(records.map(({ checksum }) => checksum));

/** Whatever was accepted is all of what the file says, and in our own format nothing but what was exported. */
function expectWhole(kind: keyof typeof good, bytes: Uint8Array, bundle: Bundle, isWarned: boolean): void {
  if (bundle.source === 'own') {
    const found = bundle.records.map(({ checksum }) => checksum ?? '');
    expect(found.filter((checksum) => !identities.has(checksum))).toEqual([]);
    if (found.length < records.length) expect(isWarned, 'what is missing is named').toBe(true);
    return;
  }
  expect(bundle.untaken).toEqual([]);
  if (bundle.source === 'foreign') return;
  const file = JSON.parse(new TextDecoder().decode(bytes)) as
    | { data: { [store: string]: { data: Json } } }
    | Json[];
  const parts = Array.isArray(file) ? [file] : bundle.stores.map((store) => file.data[store]?.data ?? null);
  const rows = parts.reduce<number>((sum, part) => sum + (Array.isArray(part) ? part.length : 1), 0);
  expect([kind, bundle.records.length]).toEqual([kind, rows]);
}

describe.each(['own', 'seed', 'rows'] as const)('a mutated file (%s)', (kind) => {
  test('[I5] [I13] comes to a verdict, in time, and never to half an import', timeFor(RUNS), async () => {
    let accepted = 0;
    for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
      const bytes = mutate(good[kind], seededRandom(seed));
      const began = performance.now();
      const checked = await check(bytes).catch((error: unknown) => {
        throw new Error(`SEED=${seed} threw`, { cause: error });
      });
      expect(['accepted', 'refused', 'locked'], `SEED=${seed}`).toContain(checked.kind);
      const taken =
        checked.kind === 'accepted' ? checked : checked.kind === 'refused' ? checked.salvage : null;
      if (taken) {
        const planned = await planImport(taken.bundle, emptyState('v'), appFiles, {
          strategy: 'merge',
          label: '',
          pinName: '',
          now: NOW,
        });
        const named = planned.plan?.changes.map(({ store, id }) => `${store}/${id}`) ?? [];
        expect(new Set(named).size, `SEED=${seed} names a record twice`).toBe(named.length);
      }
      if (checked.kind === 'accepted') {
        accepted += 1;
        try {
          expectWhole(kind, bytes, checked.bundle, checked.warnings.length > 0);
        } catch (error) {
          throw new Error(`SEED=${seed}`, { cause: error });
        }
      }
      expect(performance.now() - began, `SEED=${seed} hangs`).toBeLessThan(HANG_MS);
    }
    expect(accepted, 'some mutations change nothing that matters').toBeLessThan(RUNS);
    console.log(`fuzz ${kind}: ${RUNS} seeds, ${accepted} accepted`);
  });

  test('[I5] its unharmed original is accepted', async () => {
    expect(await check(good[kind])).toMatchObject({ kind: 'accepted' });
  });
});

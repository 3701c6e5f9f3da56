import { expect, test, vi } from 'vitest';
import type { Connection, Writer } from '../../src/engines/contract.ts';
import { emptyState } from '../../src/vault/draft.ts';
import { readStored, readWhole } from '../../src/vault/read.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { createVault } from '../../src/vault/vault.ts';
import { verifyStored } from '../../src/vault/verify.ts';
import { makeWorld, NAME, plan, RULES, type World } from './world.ts';

const RECORDS = 1_000;
const text = 'OBX|1|NM|TEST^X||HELPERVARIABLE1|g/L|||||F\r'.repeat(150);

/** A vault that pauses, over a connection that may be watched. */
function vaultOf({ connection, environment }: World, pause: () => Promise<void>) {
  const state = emptyState('vault-1');
  return createVault({
    connection,
    state,
    rules: RULES,
    environment: { ...environment, pause },
    name: NAME,
    device: 'test',
  });
}

/** Some ten pages. */
const large = () =>
  plan(
    Array.from({ length: RECORDS }, (_, i) => ({ store: 'notes', id: `n-${i}`, data: { text }, baseRev: 0 })),
  );

/** Tells how many pages were added without waiting for anything. */
function watched(connection: Connection, onRow: (added: number) => void): Connection {
  const write: Connection['write'] = (kinds, body) =>
    connection.write(kinds, (writer) => {
      let added = 0;
      const watching: Writer = {
        ...writer,
        get(...args) {
          added = 0;
          return writer.get(...args);
        },
        add(...args) {
          added += 1;
          onRow(added);
          writer.add(...args);
        },
      };
      return body(watching);
    });
  return Object.create(connection, { write: { value: write } }) as Connection;
}

test('[T9] a large commit is made in steps, and written in some of a few pages', async () => {
  const world = await makeWorld('indexeddb');
  const pause = vi.fn(async () => {});
  const rows: number[] = [];
  const connection = watched(world.connection, (added) => rows.push(added));
  const outcome = await vaultOf({ ...world, connection }, pause).append(large()).outcome;
  expect(outcome).toMatchObject({ kind: 'committed' });
  expect(pause.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(rows.length).toBeGreaterThan(10);
  expect(Math.max(...rows)).toBeLessThanOrEqual(8);
  expect((await world.open()).state().count).toEqual({ notes: RECORDS });
});

test('[T9] what is stored is proven in steps, a page at a time', async () => {
  const world = await makeWorld('indexeddb');
  const pause = vi.fn(async () => {});
  const vault = vaultOf(world, pause);
  await vault.append(large()).outcome;
  const pages = await world.connection.read(['log'], async (reader) => (await reader.keys('log')).length);
  pause.mockClear();
  await vault.capture();
  // Once to parse it, once to take its records.
  expect(pause.mock.calls.length).toBeGreaterThanOrEqual(2 * pages - 1);
});

test('[I3] walked in steps, damage is found as it is at once', async () => {
  const world = await makeWorld('indexeddb');
  await vaultOf(world, async () => {}).append(large()).outcome;
  await world.putRaw('log', [1, 3], new Uint8Array([1, 2, 3]));
  await world.putRaw('log', [1, 5], undefined);
  const stored = await readStored(world.connection);
  const options = {
    rules: RULES,
    digest: digestWith(undefined),
    witness: null,
    readWhole: () => readWhole(world.connection),
  };
  const atOnce = await verifyStored(stored, options);
  const inSteps = await verifyStored(stored, { ...options, pause: async () => {} });
  expect(inSteps).toMatchObject({ kind: 'damaged' });
  expect(inSteps).toEqual(atOnce);
});

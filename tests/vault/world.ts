import { type Connection, type Key, KINDS, type Kind } from '../../src/engines/contract.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { textOfBytes } from '../../src/engines/latin1.ts';
import { createLocalStorageEngine } from '../../src/engines/localstorage.ts';
import { namesFor } from '../../src/engines/localstorage-keys.ts';
import { createMemoryEngine, type MemoryContents } from '../../src/engines/memory.ts';
import type { Vault, VaultState, Verdict } from '../../src/vault/contract.ts';
import { emptyState } from '../../src/vault/draft.ts';
import { readStored, readWhole } from '../../src/vault/read.ts';
import type { Rules } from '../../src/vault/rules.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Change, CommitPlan, Json } from '../../src/vault/types.ts';
import { createVault } from '../../src/vault/vault.ts';
import { verifyStored } from '../../src/vault/verify.ts';
import { knownWitness } from '../../src/vault/witness.ts';
import {
  type TestEnvironment,
  type TestEnvironmentOptions,
  testEnvironment,
} from '../support/environment.ts';

export const NAME = 'hl7-workbench';

export const RULES: Rules = new Map([
  ['notes', { version: 1, isSound: (data: unknown) => typeof data === 'object' && data !== null }],
  ['settings', { version: 1, isSound: (data: unknown) => typeof data === 'object' && data !== null }],
]);

export const ENGINES = ['memory', 'indexeddb', 'localstorage'] as const;
export type EngineName = (typeof ENGINES)[number];

/** One tab over one engine: everything real, but the clock. */
export interface World {
  environment: TestEnvironment;
  connection: Connection;
  rules: Rules;
  /** Puts damage where a value lies, past the writer's checks; `undefined` removes it. False where nobody could store it. */
  putRaw(kind: Kind, key: Key, value: unknown): Promise<boolean>;
  load(isThorough?: boolean): Promise<Verdict>;
  /** Loads, and fails when what is stored is not intact. */
  open(): Promise<Vault>;
}

export async function makeWorld(
  engine: EngineName = 'memory',
  { rules = RULES, ...options }: TestEnvironmentOptions & { rules?: Rules } = {},
): Promise<World> {
  const environment = testEnvironment(options);
  const contents: MemoryContents = new Map();
  const opening = await {
    memory: createMemoryEngine(environment, contents),
    indexeddb: createIndexedDbEngine(environment),
    localstorage: createLocalStorageEngine(environment),
  }[engine].open();
  if (opening.kind !== 'open') throw new Error(`opening: ${opening.kind}`);
  const world = tabOver(opening.connection, environment, rules);
  if (engine === 'indexeddb') return world;
  const { localStorage } = environment.origin;
  return { ...world, putRaw: engine === 'memory' ? putInMemory(contents) : putInTexts(localStorage) };
}

function putInMemory(contents: MemoryContents): World['putRaw'] {
  return async (kind, key, value) => {
    if (value === undefined) contents.get(kind)?.delete(JSON.stringify(key));
    else contents.get(kind)?.set(JSON.stringify(key), value);
    return true;
  };
}

function putInTexts(storage: Storage): World['putRaw'] {
  return async (kind, key, value) => {
    const name = namesFor(NAME).of(kind, key);
    if (value === undefined) storage.removeItem(name);
    else if (value instanceof Uint8Array) storage.setItem(name, textOfBytes(value));
    else if (typeof value === 'string') storage.setItem(name, value);
    else return false;
    return true;
  };
}

/** Another tab of the same browser: its own vault over the same storage. */
export function tabOver(connection: Connection, environment: TestEnvironment, rules: Rules = RULES): World {
  const load = async (isThorough = false) => {
    const stored = await readStored(connection);
    const witness = knownWitness(environment, NAME);
    const again = () => readWhole(connection);
    const digest = digestWith(environment.subtle);
    return verifyStored(stored, { rules, digest, isThorough, witness, readWhole: again });
  };
  return {
    environment,
    connection,
    rules,
    putRaw: (kind, key, value) => {
      const write = connection.write([kind], async (writer) =>
        value === undefined ? writer.delete(kind, key) : writer.put(kind, key, value as Uint8Array),
      );
      return write.done.then(
        () => true,
        () => false,
      );
    },
    load,
    async open() {
      const verdict = await load();
      if (verdict.kind !== 'intact') throw new Error(`not intact: ${JSON.stringify(verdict, null, 1)}`);
      return vaultFrom({ connection, environment, rules }, verdict.state);
    },
  };
}

export function vaultFrom(
  world: Pick<World, 'connection' | 'environment' | 'rules'>,
  state: VaultState,
): Vault {
  const { connection, environment, rules } = world;
  return createVault({ connection, state, rules, environment, name: NAME, device: 'd-test' });
}

export function firstRun(world: Pick<World, 'connection' | 'environment' | 'rules'>): Vault {
  return vaultFrom(world, emptyState(world.environment.newId()));
}

let plans = 0;

export function plan(changes: Change[], more: Partial<CommitPlan> = {}): CommitPlan {
  plans += 1;
  return { id: `c-${plans}`, kind: 'save', label: `${changes.length}`, changes, ...more };
}

/** A change of a record as the vault has it now. */
export function change(vault: Vault, store: string, id: string, data: Json | undefined): Change {
  return { store, id, data, baseRev: vault.state().records.get(store)?.get(id)?.rev ?? 0 };
}

export async function save(vault: Vault, id: string, data: Json, more: Partial<CommitPlan> = {}) {
  return vault.append(plan([change(vault, 'notes', id, data)], more)).outcome;
}

export async function remove(vault: Vault, id: string, more: Partial<CommitPlan> = {}) {
  return vault.append(
    plan([change(vault, 'notes', id, undefined)], { kind: 'delete', agreed: true, ...more }),
  ).outcome;
}

/** What people have: store, id, data, createdAt, sorted. Compared after undo, restore and import. */
export function stateDump({ records }: Pick<VaultState, 'records'>): unknown[] {
  return [...records.values()]
    .flatMap((all) =>
      [...all.values()].map(({ store, id, data, createdAt }) => ({ store, id, data, createdAt })),
    )
    .sort((a, b) => (a.store + a.id < b.store + b.id ? -1 : 1));
}

/** The stored bytes themselves. */
export async function rawDump(connection: Connection): Promise<Map<string, unknown>> {
  const dump = new Map<string, unknown>();
  await connection.read(KINDS, async (reader) => {
    for (const kind of KINDS) {
      for (const entry of await reader.entries(kind)) {
        dump.set(
          JSON.stringify([kind, entry.key]),
          'value' in entry ? structuredClone(entry.value) : entry.error.class,
        );
      }
    }
  });
  return dump;
}

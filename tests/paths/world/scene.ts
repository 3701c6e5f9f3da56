import type { Engine } from '../../../src/engines/contract.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import type { Environment } from '../../../src/environment.ts';
import { foldVault } from '../../../src/services/foldVault.ts';
import { openedBy } from '../../../src/services/opened.ts';
import type { Vault } from '../../../src/vault/contract.ts';
import { emptyState } from '../../../src/vault/draft.ts';
import { isEmpty, readStored, readWhole } from '../../../src/vault/read.ts';
import type { Rules } from '../../../src/vault/rules.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import type { CommitPlan, Json } from '../../../src/vault/types.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { verifyStored } from '../../../src/vault/verify.ts';
import { type RawDump, rawDump } from '../../simulation/world/dump.ts';
import { testEnvironment, testOrigin } from '../../support/environment.ts';

/** The database of every world; each world has a factory of its own. */
export const NAME = 'paths';

export function rulesOf(version = 1, isSound: () => boolean = () => true): Rules {
  return new Map(['notes', 'drafts'].map((store) => [store, { version, isSound }]));
}

/** A tab that no fault reaches: it opens what is stored as an app does, writes, and lets go. */
export async function inOtherTab<T>(
  { factory, version = 1 }: { factory: IDBFactory; version?: number },
  work: (vault: Vault) => Promise<T>,
): Promise<T> {
  const environment: Environment = {
    ...testEnvironment({ tab: 'other', without: ['localStorage', 'channel'] }),
    indexedDB: () => factory,
  };
  const engine: Engine = createIndexedDbEngine(environment, NAME);
  const owner = createOwner(engine, environment);
  const { connection } = await openedBy(owner);
  const rules = rulesOf(version);
  const stored = await readStored(connection);
  const verdict = await verifyStored(stored, {
    rules,
    digest: digestWith(environment.subtle),
    witness: null,
    readWhole: () => readWhole(connection),
  });
  const state = isEmpty(stored) ? emptyState('vault-1') : 'state' in verdict ? verdict.state : null;
  if (!state) throw new Error(`The other tab found ${verdict.kind}`);
  try {
    return await work(createVault({ connection, state, rules, environment, name: NAME, device: 'other' }));
  } finally {
    owner.close();
  }
}

export function planOf(
  id: string,
  changes: readonly [id: string, data: Json | undefined, baseRev: number][],
): CommitPlan {
  return {
    id,
    kind: 'save',
    label: 'notes',
    agreed: true,
    changes: changes.map(([record, data, baseRev]) => ({ store: 'notes', id: record, data, baseRev })),
  };
}

/** What is stored after some plans, made by the real vault on a database that nobody else sees. */
export async function dumpAfter(plans: readonly CommitPlan[], version = 1): Promise<RawDump> {
  return rawDump(await factoryAfter(plans, version), NAME);
}

/** The same, and folded. */
export async function foldedAfter(plans: readonly CommitPlan[]): Promise<RawDump> {
  const factory = await factoryAfter(plans, 1);
  const environment: Environment = { ...testEnvironment(), indexedDB: () => factory };
  const owner = createOwner(createIndexedDbEngine(environment, NAME), environment);
  const { kind } = await foldVault(owner, { rules: rulesOf(), environment, dueSince: 1 });
  owner.close();
  if (kind !== 'folded') throw new Error(`The scene was not folded: ${kind}`);
  return rawDump(factory, NAME);
}

async function factoryAfter(plans: readonly CommitPlan[], version: number): Promise<IDBFactory> {
  const { indexedDB: factory } = testOrigin();
  for (const plan of plans) {
    const outcome = await inOtherTab({ factory, version }, (vault) => vault.append(plan).outcome);
    if (outcome.kind !== 'committed') throw new Error(`The scene was not set: ${outcome.kind}`);
  }
  return factory;
}

/** Bytes as text, one unit a byte. */
export function bytesText(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

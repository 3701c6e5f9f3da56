import type { CommitResult } from '../../../machines/types.ts';
import type { BundleDomain } from '../../bundle/domain.ts';
import type { Connection } from '../../engines/contract.ts';
import { estimateSpace } from '../../engines/space.ts';
import type { Environment } from '../../environment.ts';
import type { Vault } from '../../vault/contract.ts';
import type { Rules } from '../../vault/rules.ts';
import type { Change, CommitPlan } from '../../vault/types.ts';
import type { Documents } from '../documents.ts';
import { type AnyStore, InvalidRecord } from '../store.ts';
import { backupsOf, changesBackTo } from './backups.ts';
import { PersistenceError } from './PersistenceError.ts';
import { createSaveQueue } from './saveQueue.ts';
import { ownCopy, recordsIn, valueFrom } from './storeValue.ts';
import type { Done, IPersistenceService, StorageInfo } from './types.ts';

export interface ServiceOptions {
  environment: Environment;
  stores: readonly AnyStore[];
  rules: Rules;
  /** What the app knows of files; fetched when one is made or read. */
  files(): Promise<BundleDomain>;
  engineName(): StorageInfo['adapterType'];
  documents: Documents;
  /** Ends when a load has verified what is stored. @throws PersistenceError `unavailable` */
  ready(): Promise<Vault>;
  /** The vault, where it is ready already. */
  readyNow(): Vault | null;
  /** Takes over what other tabs committed, and tells the editors. */
  follow(): Promise<'followed' | 'behind' | 'newer'>;
  /** Runs a `commit` machine to its end. */
  commit(plan: CommitPlan): Promise<CommitResult>;
  /** @throws StorageError when there is none */
  connection(): Promise<Connection>;
}

/** The seed's service, over the vault; see `IPersistenceService`. */
export function createService(options: ServiceOptions): IPersistenceService {
  const { environment, stores, rules, documents, ready, commit } = options;
  const queues = new Map<string, ReturnType<typeof createSaveQueue>>();

  const storeOf = (key: string): AnyStore => {
    const store = stores.find(({ name }) => name === key);
    if (!store) throw new PersistenceError('unknownKey');
    return store;
  };

  const queueOf = (store: AnyStore, vault: Vault) => {
    const queue =
      queues.get(store.name) ??
      createSaveQueue({ store, newId: environment.newId, state: vault.state, commit: commitAndTell });
    queues.set(store.name, queue);
    return queue;
  };

  const commitAndTell = async (plan: CommitPlan): Promise<CommitResult> => {
    const result = await commit(plan);
    // What shows a changed record takes it over, or it would save over it.
    if (result.kind === 'committed') for (const { store, id } of plan.changes) documents.tell(store, id);
    return result;
  };

  /** The vault, with all that other tabs have done, and nothing under way here. */
  const upToDate = async (): Promise<Vault> => {
    const vault = await ready();
    for (const queue of queues.values()) await queue.rest();
    const seen = await typed(options.follow());
    if (seen !== 'followed') throw new PersistenceError(seen);
    return vault;
  };

  /** The same, and what is on screen is stored: so that it is in the history of what is replaced. */
  const settled = async (): Promise<Vault> => {
    const vault = await upToDate();
    if ((await documents.flushAll()) === 'unsaved') throw new PersistenceError('unsaved');
    return vault;
  };

  const carryOut = async (vault: Vault, plan: Omit<CommitPlan, 'id'> & { id?: string }): Promise<Done> => {
    if (plan.changes.length === 0) return { commitId: null };
    // Capture or refuse: what cannot be brought back is not replaced (durability 3.4).
    await typed(vault.capture());
    const result = await commitAndTell({ ...plan, id: plan.id ?? environment.newId() });
    if (result.kind !== 'committed')
      throw new PersistenceError(result.kind === 'refused' ? result.why : result.kind);
    return { commitId: result.id };
  };

  const clear = async (only: (store: string) => boolean, agreed: boolean): Promise<Done> => {
    const vault = await settled();
    const changes = [...vault.state().records].flatMap(([store, records]) =>
      only(store)
        ? [...records.values()].map(({ id, rev }): Change => ({ store, id, data: undefined, baseRev: rev }))
        : [],
    );
    const done = await carryOut(vault, { kind: 'clear', label: '', changes, agreed });
    // Whoever cleared it knows that it is empty: what is saved next is made from that.
    for (const [store, queue] of queues) if (only(store)) queue.handOut();
    return done;
  };

  return {
    async save(key, data, { agreed = false } = {}) {
      const store = storeOf(key);
      try {
        // What is saved is what it is now, whatever the caller does with it before it is durable.
        const now = options.readyNow();
        if (now) return await queueOf(store, now).save(data, agreed);
        const records = new Map([...recordsIn(store, data)].map(([id, one]) => [id, ownCopy(store, one)]));
        const copy = store.only === null ? [...records.values()] : records.get(store.only);
        await queueOf(store, await ready()).save(copy, agreed);
      } catch (error) {
        throw error instanceof InvalidRecord ? new PersistenceError('invalid', { cause: error }) : error;
      }
    },

    async load<T>(key: string) {
      const store = storeOf(key);
      const vault = await upToDate();
      return valueFrom(store, queueOf(store, vault).handOut()) as T | null;
    },

    async delete(key, { agreed = false } = {}) {
      const { name } = storeOf(key);
      return clear((store) => store === name, agreed);
    },

    async exportAll() {
      const vault = await upToDate();
      // Where it cannot be saved, all that is stored is exported all the same: that may be why someone exports.
      await documents.flushAll();
      const { exportState } = await import('./files.ts');
      return exportState(vault.state(), { environment, files: await options.files() });
    },

    async importAll(bundle, choices = {}) {
      const vault = await settled();
      const { readImport } = await import('./files.ts');
      const { result, plan } = await readImport(bundle, vault.state(), {
        environment,
        files: await options.files(),
        ...choices,
      });
      return { ...result, ...(plan ? await carryOut(vault, plan) : { commitId: null }) };
    },

    async getBackups(key) {
      const store = storeOf(key);
      const vault = await upToDate();
      const connection = await typed(options.connection());
      return typed(backupsOf(store, connection, vault.state(), { rules, environment }));
    },

    async restoreBackup(key, backupId, { agreed = false } = {}) {
      const store = storeOf(key);
      const vault = await settled();
      const connection = await typed(options.connection());
      const changes = await changesBackTo(store, backupId, connection, vault.state(), { rules, environment });
      return carryOut(vault, { kind: 'restore', label: store.name, changes, agreed });
    },

    clearAll: ({ agreed = false } = {}) => clear(() => true, agreed),

    async getStorageInfo() {
      const space = await estimateSpace(environment);
      const isKnown = space.kind === 'estimated';
      return {
        availableSpace: isKnown ? Math.max(0, space.quotaBytes - space.usedBytes) : null,
        usedSpace: isKnown ? space.usedBytes : null,
        quotaLimit: isKnown ? space.quotaBytes : null,
        adapterType: options.engineName(),
      };
    },
  };
}

/** Whatever storage says, the caller gets one kind of error. */
async function typed<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (cause) {
    throw cause instanceof PersistenceError ? cause : new PersistenceError('failed', { cause });
  }
}

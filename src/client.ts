import { createActor } from 'xstate';
import type { CommitResult, Tag } from '../machines/types.ts';
import type { BundleDomain } from './bundle/domain.ts';
import { createCommands } from './client/commands.ts';
import { createDocuments, type DocumentActor } from './client/documents.ts';
import { createFolding } from './client/folding.ts';
import type { InspectedEvent } from './client/inspect.ts';
import { createJournaling } from './client/journaling.ts';
import { followPage } from './client/pageLife.ts';
import { toBytes } from './client/rawDownload.ts';
import { rulesOfAll } from './client/rulesOfAll.ts';
import { createScreen, memoList } from './client/screen.ts';
import { hasNoLegacy, type LegacySources, type Seed, seedPlan } from './client/seeding.ts';
import { filesOf } from './client/service/filesOf.ts';
import { lazyService } from './client/service/lazyService.ts';
import type { IPersistenceService } from './client/service/types.ts';
import { whenReady } from './client/service/whenReady.ts';
import { createSession } from './client/session.ts';
import { type AnyStore, checkedData, type Store } from './client/store.ts';
import { watchTabs } from './client/tabs.ts';
import type {
  ChangeResult,
  DocumentView,
  LoadView,
  RecordsView,
  SaveResult,
  UndoResult,
  View,
} from './client/types.ts';
import type { Engine } from './engines/contract.ts';
import type { Environment } from './environment.ts';
import { openedBy } from './services/opened.ts';
import type { CommitSummary } from './vault/contract.ts';
import type { CommitPlan } from './vault/types.ts';

export { isSealedEnvelope, seedChecksum, wrapEnvelope } from './client/service/envelope.ts';
export { PersistenceError, type PersistenceErrorCode } from './client/service/PersistenceError.ts';
export {
  type BackupEntry,
  type Consent,
  type Done,
  type ExportBundle,
  type ImportChoices,
  type ImportResult,
  type IPersistenceService,
  type StorageEnvelope,
  type StorageInfo,
  StorageKey,
} from './client/service/types.ts';

export interface PersistenceOptions {
  /** Of the database, and the beginning of all keys in localStorage. */
  name: string;
  stores: readonly AnyStore[];
  /** Where bytes may live. The first is used: whether another may stand in for it is a question to a person. */
  engines: readonly [Engine, ...Engine[]];
  environment: Environment;
  /** What a new vault begins with: planted once, at a proven first run, and never brought back (P04). */
  seeds?: () => readonly Seed[];
  legacy?: LegacySources;
  /** What the app knows of the files that its people choose; by default what its stores say. */
  files?: BundleDomain;
}

/** What is there, how safe it is, and what can be done. One per app and page, outside of React. */
export interface Persistence {
  readonly load: View<LoadView>;
  /** The tags of every living actor; `statusOf` makes the pill of them. */
  readonly tags: View<readonly ReadonlySet<Tag>[]>;
  /** When this page last learnt of a finished save, in milliseconds since 1970; null: not yet. */
  readonly lastSavedAt: View<number | null>;
  records<T>(store: Store<T>): View<RecordsView<T>>;
  document<T>(store: Store<T>, id: string): View<DocumentView<T>>;

  /** Makes a new record from its new id, and returns that id. @throws NotReady, InvalidRecord */
  create<T>(store: Store<T>, make: (id: string) => T): string;
  /** Shows at once; saved 500 ms after the first edit. @throws NotReady, InvalidRecord */
  edit<T>(store: Store<T>, id: string, next: T): void;
  /** Saves now. A draft becomes a record: one commit puts the record and removes the draft. @throws NotReady */
  save(store: AnyStore, id: string): Promise<SaveResult>;
  /** Leaves an editor. What is edited is saved first; of a new draft that nobody typed into, nothing stays (P07). */
  closeDocument(store: AnyStore, id: string): Promise<SaveResult>;
  /** Cancel of a new draft: nothing of it stays. Documents that are no drafts are left alone. */
  discard(store: AnyStore, id: string): Promise<void>;
  /**
   * Removes records and drafts, in one commit.
   *
   * @param options.agreed  a person agreed that a store shrinks below half, or to nothing; else `wouldShrink`
   * @throws NotReady
   */
  remove(
    store: AnyStore,
    ids: readonly string[],
    options?: { agreed?: boolean; label?: string },
  ): Promise<ChangeResult>;
  /**
   * Undoes a commit, by a commit. Records that changed since are left as they are.
   *
   * @param options.agreed  a person agreed to undo the rest; else `touched` names them and nothing is undone
   * @throws NotReady
   */
  undo(commitId: string, options?: { agreed?: boolean }): Promise<UndoResult>;
  commits(limit: number): Promise<CommitSummary[]>;
  /** Saves everything that is edited; ends when it is saved or a person is needed. */
  flush(): Promise<'saved' | 'unsaved'>;

  /** Everything stored as JSON, as found. Changes nothing. @throws StorageError when there is no connection */
  downloadStored(): Promise<Uint8Array<ArrayBuffer>>;
  /** The edits that are not saved, as JSON. */
  downloadChanges(): Uint8Array<ArrayBuffer>;
  /** Every record that this page holds, edits included, as JSON. */
  downloadMemory(): Uint8Array<ArrayBuffer>;

  /** The seed's nine methods, as promises. For code that has no use for views. */
  readonly service: IPersistenceService;

  /** Every step of every machine, without payloads. */
  inspect(listener: (event: InspectedEvent) => void): () => void;
  /** The living actors, for the flows page. */
  actors(): readonly { id: string; machine: string; value: unknown }[];
  /** Saves what can be saved, then lets go of storage and channels. */
  close(): Promise<void>;
}

/**
 * Puts it all together: services to machines, once; actors made, wired and closed. Nothing is written before a load has
 * verified what is stored.
 *
 * @example
 * const persistence = createPersistence({
 *   name: 'notes', stores: [notes], engines: [createIndexedDbEngine(environment, 'notes')], environment,
 * });
 */
export function createPersistence({
  name,
  stores,
  engines,
  environment,
  seeds,
  legacy,
  files = filesOf(name, stores),
}: PersistenceOptions): Persistence {
  const rules = rulesOfAll(stores);
  const session = createSession({
    name,
    environment,
    engine: engines[0],
    rules,
    async plant(commit) {
      if (!seeds || (legacy && !(await hasNoLegacy(environment, legacy)))) return;
      const plan = seedPlan(seeds(), environment.newId());
      if (plan) await commit(plan);
    },
    onReady: () => void journaling.replay(),
    onLost: () => journaling.writeNow(),
  });
  const { changed, machines, inspect } = session;

  const folding = createFolding({
    environment,
    name,
    isAsideable: engines[0].name === 'indexeddb',
    vault: () => (session.isReady() && !session.hasOpenFinding() ? session.vault() : null),
    async foldHere(dueSince) {
      const { foldVault } = await import('./services/foldVault.ts');
      return foldVault(session.owner, { rules, environment, dueSince });
    },
  });
  const commit = async (plan: CommitPlan): Promise<CommitResult> => {
    const result = await session.commit(plan);
    if (result.kind === 'committed') folding.noteCommit(plan.changes.length);
    return result;
  };

  const documents = createDocuments({
    environment,
    state: () => session.vault().state(),
    createActor: (input) =>
      createActor(machines.save, {
        input,
        inspect,
        clock: environment.clock,
        id: `save ${input.store} ${input.id}`,
      }),
    onChange() {
      journaling.note();
      changed.tell();
    },
  });
  const screen = createScreen({
    changed,
    documents,
    state: session.state,
    isReadOnly: () => !session.isReady(),
  });
  const journaling = createJournaling({ environment, name, documents, commit });
  const commands = createCommands({ environment, documents, vault: session.vault, commit });

  const follow = async () => {
    const seen = await session.vault().refresh();
    if (seen.kind === 'followed') for (const { store, id } of seen.changed) documents.tell(store, id);
    return seen.kind;
  };
  const look = async (): Promise<void> => {
    // A hint only. The next commit reads the head in its own transaction, and finds the same facts.
    if (session.isReady()) await follow().catch(() => {});
  };
  const tabs = watchTabs({ environment, name, look });
  const stopFollowing = changed.subscribe(() => {
    if (session.isReady()) tabs.announce(session.vault().state().head.seq);
    folding.note();
  });
  const stopFollowingPage = followPage(environment, {
    writeJournal: journaling.writeNow,
    saveAll: documents.hide,
    letGo() {
      session.gate.shut();
      session.owner.close();
      tabs.sleep();
      folding.stop();
    },
    takeUp() {
      session.gate.open();
      tabs.wake();
      void session.owner.check().then(look, look);
      folding.note();
    },
  });
  session.load();

  const view = <T>(getSnapshot: () => T): View<T> => ({ subscribe: changed.subscribe, getSnapshot });
  const living = () => [...session.actors(), ...documents.all().map(({ actor }) => actor)];

  const load = view(session.loadView);
  const service = lazyService({
    environment,
    stores,
    rules,
    files,
    engineName: engines[0].name,
    documents,
    ready: () => whenReady(load, session.vault),
    readyNow: () => (session.isReady() ? session.vault() : null),
    follow,
    commit,
    connection: async () => (await openedBy(session.owner)).connection,
  });

  return {
    load,
    service,
    lastSavedAt: view(session.lastSavedAt),
    tags: view(memoList(() => [session.loadTags(), ...documents.all().map(tagsOfDocument)])),
    records: screen.records,
    document: screen.document,

    create(store, make) {
      session.mustBeReady();
      const id = environment.newId();
      documents.create(store, id, checkedData(store, make(id)));
      return id;
    },
    edit(store, id, next) {
      session.mustBeReady();
      documents.edit(store, id, checkedData(store, next));
    },
    save: async (store, id) => documents.save(store, id),
    async closeDocument(store, id) {
      if (documents.isUntouched(store.name, id)) await documents.discard(store, id);
      return documents.flush(store.name, id);
    },
    discard: async (store, id) => documents.discard(store, id),
    remove: async (store, ids, options = {}) => commands.remove(store, ids, options),
    undo: async (commitId, options = {}) => commands.undo(commitId, options),
    commits: async (limit) => session.vault().commits(limit),
    flush: documents.flushAll,

    downloadStored: session.readRaw,
    downloadChanges: () =>
      toBytes(
        documents
          .all()
          .filter(({ actor }) => actor.getSnapshot().hasTag('unsaved'))
          .map(({ store, id, actor }) => ({ store, id, data: actor.getSnapshot().context.data })),
      ),
    downloadMemory: () =>
      toBytes(
        Object.fromEntries(
          stores.map((store) => [store.name, screen.records(store as Store<unknown>).getSnapshot()]),
        ),
      ),

    inspect: session.listen,
    actors: () =>
      living().map((actor) => {
        const { machine, value } = actor.getSnapshot();
        return { id: actor.id, machine: machine.id, value };
      }),
    async close() {
      if ((await documents.flushAll()) === 'unsaved') journaling.writeNow();
      stopFollowingPage();
      stopFollowing();
      folding.stop();
      tabs.close();
      documents.stop();
      session.close();
    },
  };
}

function tagsOfDocument({ actor }: { actor: DocumentActor }): ReadonlySet<Tag> {
  return actor.getSnapshot().tags as ReadonlySet<Tag>;
}

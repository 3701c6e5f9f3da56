import { createActor } from 'xstate';
import type { CommitResult, Tag } from '../machines/types.ts';
import { createCommands } from './client/commands.ts';
import { createDialogs } from './client/dialogs.ts';
import { createDocuments } from './client/documents.ts';
import { createEmitter } from './client/emitter.ts';
import type { FileProgress, Filing } from './client/filing.ts';
import { createFolding, isFoldable } from './client/folding.ts';
import { createHands } from './client/hands.ts';
import { createInspector } from './client/inspect.ts';
import { createJournaling } from './client/journaling.ts';
import { provideMachines } from './client/machines.ts';
import { followPage } from './client/pageLife.ts';
import type { Persistence, PersistenceOptions } from './client/persistence.ts';
import { createPlaces } from './client/places.ts';
import { rawDownload, toBytes } from './client/rawDownload.ts';
import { keepRecoveryLog } from './client/recoveryLog.ts';
import { createRoot, handedOver } from './client/root.ts';
import { rulesOfAll } from './client/rulesOfAll.ts';
import { createRunning } from './client/running.ts';
import { createScreen, memoList } from './client/screen.ts';
import { seedPlan } from './client/seeding.ts';
import { lazyService } from './client/service/lazyService.ts';
import { whenReady } from './client/service/whenReady.ts';
import { checkedData, type Store } from './client/store.ts';
import { watchTabs } from './client/tabs.ts';
import type { Progress, View } from './client/types.ts';
import type { Undoing } from './client/undoing.ts';
import { createVaultSlot } from './client/vaultSlot.ts';
import { readWitness } from './engines/witness.ts';
import { boundServices } from './services/bound.ts';
import { boundStart } from './services/boundStart.ts';
import { openedBy } from './services/opened.ts';
import type { VaultState } from './vault/contract.ts';
import type { CommitPlan } from './vault/types.ts';

export type { Persistence, PersistenceOptions } from './client/persistence.ts';
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
  policyOf,
  files = async () => (await import('./client/service/filesOf.ts')).filesOf(name, stores),
}: PersistenceOptions): Persistence {
  const rules = rulesOfAll(stores);
  const { clock } = environment;
  const changed = createEmitter();
  const { inspect, listen } = createInspector(environment);
  const log = keepRecoveryLog(listen);
  const places = createPlaces({ environment, name, engines });
  let lastSavedAt: number | null = null;
  let progress: Progress | null = null;
  let memory: VaultState | null = null;
  let fileProgress: FileProgress | null = null;
  const slot = createVaultSlot({
    places,
    rules,
    onChange() {
      lastSavedAt = environment.now();
      changed.tell();
    },
    onLost(why) {
      if (why === 'closed') return;
      if (why === 'vanished') memory = slot.state();
      places.end(why);
      journaling.writeNow();
      root.actor.send({ type: why === 'superseded' ? 'storage.superseded' : 'storage.vanished' });
      return why === 'superseded' ? handedOver(root.actor) : undefined;
    },
  });
  const hands = createHands({
    places,
    slot,
    rules,
    policyOf,
    legacy,
    onProgress(now) {
      progress = now;
      changed.tell();
    },
    memory: () => memory,
    async plant() {
      const plan = seeds && seedPlan(await seeds(), environment.newId());
      if (plan) await commit(plan);
    },
    async flush() {
      await documents.flushAll();
      return documents.unsaved().length;
    },
  });
  const machines = provideMachines({ ...boundServices(hands), ...boundStart(hands) }, environment);
  const running = createRunning({ machines, clock, inspect });
  const dialogs = createDialogs({ clock, inspect, changed });
  let filing: Promise<Filing> | undefined;
  const fetchFiling = (): Promise<Filing> => {
    filing ??= import('./client/filing.ts').then(({ createFiling }) =>
      createFiling({
        hands,
        environment,
        machines,
        files,
        progress(now) {
          fileProgress = now;
          changed.tell();
        },
      }),
    );
    return filing;
  };
  /** Whoever has a document open takes over what was changed in one go. */
  const tellDocuments = (): void => {
    for (const { store, id } of documents.all()) documents.tell(store, id);
  };
  const root = createRoot({
    environment,
    name,
    machines,
    inspect,
    changed,
    loaded: slot.state,
    onReady() {
      memory = null;
      hands.found?.forget();
      // What an earlier page left, and what could not be saved while the storage was gone.
      void journaling.replay().then(documents.flushAll);
      // What another tab did while this one started.
      void look();
    },
    askOtherTabs: () => tabs.ask(),
  });

  const folding = createFolding({
    environment,
    name,
    isAsideable: () => places.owner.engine.name === 'indexeddb',
    vault: () => (isFoldable(root.view()) ? slot.vault() : null),
    async foldHere(dueSince) {
      const { foldVault } = await import('./services/foldVault.ts');
      return foldVault(places.owner, { rules, environment, dueSince });
    },
  });
  const commit = async (plan: CommitPlan): Promise<CommitResult> => {
    const result = await running.commit(plan);
    if (result.kind === 'committed') folding.noteCommit(plan.changes.length);
    return result;
  };

  const documents = createDocuments({
    environment,
    state: () => slot.vault().state(),
    createActor: (input) =>
      createActor(machines.save, {
        input,
        inspect,
        clock,
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
    state: root.state,
    isReadOnly: () => !root.isEditable(),
  });
  const journaling = createJournaling({
    environment,
    name,
    documents,
    commit,
    // What belongs to a stand-in must not be taken for an edit of what the database holds.
    isKept: () => places.owner.engine.name === 'indexeddb',
  });
  let undoing: Promise<Undoing> | undefined;
  const commands = createCommands({
    environment,
    documents,
    vault: slot.vault,
    commit,
    undoing() {
      const { newId } = environment;
      undoing ??= import('./client/undoing.ts').then(({ createUndoing }) =>
        createUndoing({ hands, clock, newId, machines, inspect }),
      );
      return undoing;
    },
  });

  const follow = async () => {
    const seen = await slot.vault().refresh();
    if (seen.kind === 'followed') for (const { store, id } of seen.changed) documents.tell(store, id);
    return seen.kind;
  };
  const look = async (): Promise<void> => {
    // A hint only. The next commit reads the head in its own transaction, and finds the same facts.
    if (root.isReady()) await follow().catch(() => {});
  };
  const tabs = watchTabs({
    environment,
    name,
    look,
    stepAside: () => root.actor.send({ type: 'storage.superseded' }),
  });
  const stopFollowing = changed.subscribe(() => {
    if (root.isReady()) tabs.announce(slot.vault().state().head.seq);
    folding.note();
  });
  const stopFollowingPage = followPage(environment, {
    writeJournal: journaling.writeNow,
    saveAll: documents.hide,
    letGo() {
      places.shut();
      places.owner.close();
      tabs.sleep();
      folding.stop();
    },
    takeUp() {
      places.open();
      tabs.wake();
      void places.owner.check().then(look, look);
      folding.note();
    },
  });
  root.start();

  const view = <T>(getSnapshot: () => T): View<T> => ({ subscribe: changed.subscribe, getSnapshot });
  const living = () => [
    ...root.actors(),
    ...running.actors(),
    ...dialogs.actors(),
    ...documents.all().map(({ actor }) => actor),
  ];

  const load = view(root.view);
  const service = lazyService({
    environment,
    stores,
    rules,
    files,
    engineName: () => places.owner.engine.name,
    documents,
    ready: () => whenReady(load, slot.vault),
    readyNow: () => (root.isReady() ? slot.vault() : null),
    follow,
    commit,
    connection: async () => (await openedBy(places.owner)).connection,
  });

  return {
    load,
    service,
    root: root.actor,
    dialog: view(dialogs.view),
    progress: view(() => progress),
    durability: view(() => places.owner.engine.durability),
    unsavedCount: view(() => documents.unsaved().length),
    lastSavedAt: view(() => lastSavedAt),
    tags: view(
      memoList(() => [
        ...root.tags(),
        ...dialogs.actors().map(tagsOf),
        ...documents.all().map(({ actor }) => tagsOf(actor)),
      ]),
    ),
    records: screen.records,
    document: screen.document,

    create(store, make) {
      root.mustBeEditable();
      const id = environment.newId();
      documents.create(store, id, checkedData(store, make(id)));
      return id;
    },
    edit(store, id, next) {
      root.mustBeEditable();
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
    commits: async (limit) => slot.vault().commits(limit),
    flush: documents.flushAll,
    async recover(why) {
      const { state, damage = [] } = root.actor.getSnapshot().context.loaded ?? {};
      const readable = Object.values(state?.count ?? {}).reduce((sum, count) => sum + count, 0);
      const finding = why === 'asked' ? { code: why } : { code: why, damage, readable };
      // It works on what is stored, so what is edited is stored first.
      await documents.flushAll();
      const input = { finding, policy: 'prompt', point: null } as const;
      const result = await dialogs.open('recovery', machines.recovery, input);
      if (result?.kind === 'recovered') {
        if (why === 'setAside') root.actor.send({ type: 'damage.decided' });
        tellDocuments();
      }
      return result;
    },
    async openImport(source = null) {
      root.mustBeEditable();
      await documents.flushAll();
      const { importing, memories } = await fetchFiling();
      const input = { source, memories: memories.all(), label: 'import', pinName: 'import' };
      const result = await dialogs.open('import', importing, input);
      if (result?.kind === 'left') memories.keep(result.memories);
      if (result?.kind === 'imported') {
        folding.noteCommit(Number.POSITIVE_INFINITY);
        tellDocuments();
      }
      return result;
    },
    async openExport(fileName) {
      await documents.flushAll();
      const { exporting } = await fetchFiling();
      const settings = {
        stores: null,
        only: new Map(),
        isProtected: false,
        fileName,
        withTestValues: false,
        look: null,
      };
      return dialogs.open('export', exporting, { settings });
    },
    async findPatientLike() {
      const { findPatientLike } = await fetchFiling();
      return findPatientLike(root.state());
    },
    async compareConflict(sides) {
      const { compareConflict } = await fetchFiling();
      return compareConflict(sides);
    },
    fileProgress: view(() => fileProgress),
    remembered() {
      const found = readWitness(environment, name);
      return found.kind === 'witness' ? found.witness.count : null;
    },

    downloadStored: () =>
      rawDownload(places.owner, {
        name: places.name,
        at: new Date(environment.now()).toISOString(),
        log: log.lines(),
      }),
    downloadChanges: () =>
      toBytes(
        documents
          .unsaved()
          .map(({ store, id, actor }) => ({ store, id, data: actor.getSnapshot().context.data })),
      ),
    downloadMemory: () =>
      toBytes(
        Object.fromEntries(
          stores.map((store) => [store.name, screen.records(store as Store<unknown>).getSnapshot()]),
        ),
      ),

    recoveryLog: log.lines,
    inspect: listen,
    actors: () =>
      living().map((actor) => {
        const { machine, value } = actor.getSnapshot();
        return { id: actor.id, machine: machine.id, value };
      }),
    async close() {
      await root.close();
      if (documents.unsaved().length > 0) journaling.writeNow();
      stopFollowingPage();
      stopFollowing();
      folding.stop();
      tabs.close();
      documents.stop();
      running.stop();
      dialogs.stop();
      void undoing?.then(({ actor }) => actor.stop());
      log.stop();
      slot.close();
      places.release();
    },
  };
}

function tagsOf(actor: { getSnapshot(): { tags: ReadonlySet<string> } }): ReadonlySet<Tag> {
  return actor.getSnapshot().tags as ReadonlySet<Tag>;
}

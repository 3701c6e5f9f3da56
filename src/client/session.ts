import { createActor, toPromise } from 'xstate';
import type { CommitResult, LoadFinding, LoadResult, Tag } from '../../machines/types.ts';
import type { Engine, Lost } from '../engines/contract.ts';
import { createOwner } from '../engines/owner.ts';
import type { Environment } from '../environment.ts';
import { boundServices } from '../services/bound.ts';
import { isOpenFinding } from '../services/isOpenFinding.ts';
import { openedBy } from '../services/opened.ts';
import type { Vault, VaultState } from '../vault/contract.ts';
import { emptyState } from '../vault/draft.ts';
import type { Rules } from '../vault/rules.ts';
import type { CommitPlan, Envelope } from '../vault/types.ts';
import { createVault } from '../vault/vault.ts';
import { deviceOf } from './device.ts';
import { createEmitter } from './emitter.ts';
import { createGate } from './gate.ts';
import { createInspector } from './inspect.ts';
import { type LoadActor, loadViewOf, onLoaded } from './loading.ts';
import { provideMachines } from './machines.ts';
import { rawDownload } from './rawDownload.ts';
import { type LoadView, NotReady } from './types.ts';

interface Options {
  name: string;
  environment: Environment;
  engine: Engine;
  rules: Rules;
  /** Before anything is shown as ready; only at a first run. Commits through the session. */
  plant(commit: (plan: CommitPlan) => Promise<CommitResult>): Promise<void>;
  onReady(): void;
  /** Nothing can be stored any more: the data vanished, or a newer build has taken over. Only what is synchronous. */
  onLost(): void;
}

/** What the page has of the vault: the load that verified it, its one writer, and what runs. */
export function createSession({ name, environment, engine, rules, plant, onReady, onLost }: Options) {
  const { clock } = environment;
  const changed = createEmitter();
  const { inspect, listen } = createInspector(environment);
  const gate = createGate(engine);
  const owner = createOwner(gate.engine, environment);
  const release = owner.retain();
  const unanswered = new Map();
  const machines = provideMachines(
    boundServices({ name, environment, owner, rules, vault: writer, unanswered }),
    environment,
  );
  const commits = new Set<ReturnType<typeof commitActor>>();

  let vault: Vault | null = null;
  let readable: VaultState | null = null;
  let isClosed = false;
  let lastSavedAt: number | null = null;
  let loading: LoadActor;
  let loadView: LoadView = { kind: 'loading' };

  function writer(): Vault {
    if (!vault || isClosed) throw new NotReady();
    return vault;
  }

  function commitActor(plan: CommitPlan) {
    return createActor(machines.commit, { input: { plan }, clock, inspect, id: `commit ${plan.id}` });
  }

  const commit = async (plan: CommitPlan): Promise<CommitResult> => {
    const actor = commitActor(plan);
    commits.add(actor);
    try {
      const result = toPromise(actor);
      actor.start();
      return await result;
    } finally {
      commits.delete(actor);
    }
  };

  const isReady = (): boolean => loadView.kind === 'ready';

  const show = (view: LoadView): void => {
    loadView = view;
    changed.tell();
  };

  const readRaw = () => rawDownload(owner, { name, at: new Date(environment.now()).toISOString() });

  const load = (): void => {
    const actor = createActor(machines.load, { clock, inspect, id: 'load' });
    loading = actor;
    actor.subscribe(() => show(loadViewOf(actor, readRaw)));
    onLoaded(actor, (result) => void begin(result));
    actor.start();
  };

  const begin = async (result: LoadResult): Promise<void> => {
    if (result.kind === 'deferred') {
      readable = stateOfReadable(result.readable);
      return show({ kind: 'readOnly', finding: result.finding });
    }
    try {
      const { connection } = await openedBy(owner);
      if (isClosed) return;
      const device = deviceOf(environment, name);
      vault = createVault({ connection, state: result.state, rules, environment, name, device });
      connection.onLost(lose);
    } catch {
      // Lost since it was read. Reading again ends in words for a person, where this would end in none.
      return load();
    }
    vault.subscribe(() => {
      lastSavedAt = environment.now();
      changed.tell();
    });
    try {
      if (result.isFirstRun) await plant(commit);
    } finally {
      // Examples that cannot be planted are a mistake to be heard of, and no reason to show nothing.
      show({ kind: 'ready', damage: result.damage });
      onReady();
    }
  };

  /** Memory holds the only copy: it is shown, kept from being taken for saved, and written nowhere (F07, F12). */
  const lose = (why: Lost): void => {
    if (why === 'closed' || !vault) return;
    const state = vault.state();
    gate.end(why);
    readable = state;
    onLost();
    const { vault: id, head, count } = state;
    const finding: LoadFinding =
      why === 'superseded'
        ? { code: 'newer', found: {} }
        : { code: 'vanished', witness: { vault: id, seq: head.seq, count } };
    show({ kind: 'readOnly', finding });
  };

  return {
    owner,
    gate,
    machines,
    inspect,
    listen,
    changed,
    commit,
    readRaw,
    load,
    vault: writer,
    isReady,
    /** @throws NotReady */
    mustBeReady(): void {
      if (isClosed || !isReady()) throw new NotReady();
    },
    loadView: () => loadView,
    /** Damage is set aside, and no person has decided about it. */
    hasOpenFinding: () => loadView.kind === 'ready' && loadView.damage.some(isOpenFinding),
    lastSavedAt: () => lastSavedAt,
    /** What may be shown; null while nothing was verified, and until it is ready. */
    state: (): VaultState | null => (loadView.kind === 'ready' ? (vault?.state() ?? null) : readable),
    loadTags: (): ReadonlySet<Tag> => tagsOf(loadView, loading.getSnapshot().tags, engine.durable),
    actors: () => [...(loadView.kind === 'ready' ? [] : [loading]), ...commits],
    close(): void {
      isClosed = true;
      loading.stop();
      for (const actor of commits) actor.stop();
      release();
    },
  };
}

const READY: ReadonlySet<Tag> = new Set<Tag>(['resting', 'saved']);
const TEMPORARY: ReadonlySet<Tag> = new Set<Tag>(['resting', 'memory-only']);
const READ_ONLY: ReadonlySet<Tag> = new Set<Tag>(['needs-user', 'read-only']);
const LOADING: ReadonlySet<Tag> = new Set<Tag>(['busy', 'loading']);

/** Until `persistence` exists: what its states would say of a vault that is ready, or shown read-only. */
function tagsOf({ kind }: LoadView, tags: ReadonlySet<string>, isDurable: boolean): ReadonlySet<Tag> {
  if (kind === 'ready') return isDurable ? READY : TEMPORARY;
  if (kind === 'readOnly') return READ_ONLY;
  return tags.size > 0 ? (tags as ReadonlySet<Tag>) : LOADING;
}

/** Records that passed their checks, to be looked at only. */
function stateOfReadable(readable: readonly Envelope[]): VaultState {
  const records = new Map<string, Map<string, Envelope>>();
  for (const record of readable) {
    const store = records.get(record.store) ?? new Map<string, Envelope>();
    records.set(record.store, store.set(record.id, record));
  }
  return { ...emptyState(''), records };
}

import { type Actor, type ActorRefFrom, createActor, type SnapshotFrom, waitFor } from 'xstate';
import type { PersistenceFinding } from '../../machines/persistence.types.ts';
import type { Tag } from '../../machines/types.ts';
import type { Environment } from '../environment.ts';
import { rememberedBy } from '../services/remembered.ts';
import type { VaultState } from '../vault/contract.ts';
import { emptyState } from '../vault/draft.ts';
import type { Envelope } from '../vault/types.ts';
import { chainOf, followTree, type MachineActor } from './actorTree.ts';
import type { Emitter } from './emitter.ts';
import type { Inspector } from './inspect.ts';
import type { Machines } from './machines.ts';
import { type Asking, type LoadView, NotReady } from './types.ts';

export type RootActor = Actor<Machines['persistence']>;
type Snapshot = SnapshotFrom<Machines['persistence']>;

interface Options {
  environment: Environment;
  name: string;
  machines: Machines;
  inspect: Inspector;
  changed: Emitter;
  /** What was loaded last, whatever became of its storage. */
  loaded(): VaultState | null;
  onReady(): void;
  /** Another tab is in the way: it is to be asked to let go. */
  askOtherTabs(): void;
}

/** Runs the root machine, and says what the page has: nothing yet, a question, data, or data to look at only. */
export function createRoot({
  environment,
  name,
  machines,
  inspect,
  changed,
  loaded,
  onReady,
  askOtherTabs,
}: Options) {
  const actor: RootActor = createActor(machines.persistence, {
    input: rememberedBy(environment, name),
    clock: environment.clock,
    inspect,
    id: 'persistence',
  });
  let view: LoadView = { kind: 'loading' };
  let readable: { from: readonly Envelope[]; state: VaultState } | undefined;
  const heard = new WeakSet<MachineActor>();

  const look = (moved: MachineActor): void => {
    const before = view.kind;
    view = viewOf(actor, view);
    changed.tell();
    if (view.kind === 'ready' && before !== 'ready') onReady();
    if (moved.id === 'boot' && !heard.has(moved)) {
      heard.add(moved);
      (moved as ActorRefFrom<Machines['boot']>).on('otherTabs.asked', askOtherTabs);
    }
  };

  /** What verified of a load that ended with "decide later". */
  const readableState = (): VaultState => {
    const from = actor.getSnapshot().context.readable;
    if (readable?.from !== from) readable = { from, state: stateOfReadable(from) };
    return readable.state;
  };

  return {
    actor,
    start(): void {
      actor.start();
      followTree(actor, look);
      look(actor);
    },
    view: (): LoadView => view,
    /** New edits are taken: they are stored, or kept in memory until they can be. */
    isEditable: (): boolean => view.kind === 'ready' || view.kind === 'lost',
    isReady: (): boolean => view.kind === 'ready',
    /** @throws NotReady */
    mustBeEditable(): void {
      if (view.kind !== 'ready' && view.kind !== 'lost') throw new NotReady();
    },
    /** What may be shown; null while nothing was verified, and until it is ready. */
    state(): VaultState | null {
      switch (view.kind) {
        case 'loading':
        case 'asking':
          return null;
        case 'ready':
        case 'lost':
          return loaded();
        case 'readOnly':
          return (view.finding.code === 'superseded' ? loaded() : null) ?? readableState();
      }
    },
    /** What is edited is saved first, where this page can write at all. */
    async close(): Promise<void> {
      if (actor.getSnapshot().can({ type: 'CLOSE' })) {
        actor.send({ type: 'CLOSE' });
        await waitFor(actor, ({ status }) => status !== 'active');
      }
      actor.stop();
    },
    tags: (): ReadonlySet<Tag>[] => chainOf(actor).map((one) => one.getSnapshot().tags as ReadonlySet<Tag>),
    actors: (): MachineActor[] => chainOf(actor),
  };
}

/** Settles once a newer version may have the database: what was edited is saved, or could not be. */
export function handedOver(actor: RootActor): Promise<unknown> {
  return waitFor(actor, (snapshot) => !snapshot.matches('handingOver'));
}

/** The same object as long as it says the same. */
function viewOf(actor: RootActor, last: LoadView): LoadView {
  const next = viewFrom(actor);
  return isSame(last, next) ? last : next;
}

function viewFrom(actor: RootActor): LoadView {
  const snapshot: Snapshot = actor.getSnapshot();
  const { loaded, finding } = snapshot.context;
  if (snapshot.matches('ready')) {
    return {
      kind: 'ready',
      damage: loaded?.damage ?? [],
      recovered: loaded?.recovered ?? null,
      migrated: loaded?.migrated ?? null,
    };
  }
  if (snapshot.hasTag('unsaved') && finding) return { kind: 'lost', finding };
  if (snapshot.hasTag('read-only') && finding) return { kind: 'readOnly', finding };
  const asking = askingOf(actor);
  return asking ? { kind: 'asking', asking } : { kind: 'loading' };
}

/** Who asks a person, or shows how far a migration has got: the last in the chain that does. */
function askingOf(actor: RootActor): Asking | null {
  for (const one of chainOf(actor).reverse()) {
    const snapshot = one.getSnapshot();
    const { id: machine } = snapshot.machine;
    if (machine === 'migration' && snapshot.hasTag('migrating')) return { machine, actor: one } as Asking;
    if (snapshot.hasTag('needs-user')) return { machine, actor: one } as Asking;
    // The dialog of a recovery stays while it works for the person.
    if (machine === 'recovery') return { machine, actor: one } as Asking;
  }
  return null;
}

function isSame(last: LoadView, next: LoadView): boolean {
  if (last.kind !== next.kind) return false;
  switch (next.kind) {
    case 'loading':
      return true;
    case 'asking':
      return last.kind === 'asking' && last.asking.actor === next.asking.actor;
    case 'ready':
      return (
        last.kind === 'ready' &&
        last.damage === next.damage &&
        last.recovered === next.recovered &&
        last.migrated === next.migrated
      );
    case 'lost':
    case 'readOnly':
      return (last as { finding: PersistenceFinding }).finding === next.finding;
  }
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

import { type ActorOptions, type AnyStateMachine, createActor, type OutputFrom, toPromise } from 'xstate';
import type { LoadResult } from '../../../machines/load.types.ts';
import type { CommitResult } from '../../../machines/types.ts';
import { followTree, type MachineActor } from '../../../src/client/actorTree.ts';
import { type Machines, provideMachines } from '../../../src/client/machines.ts';
import { withDeadline } from '../../../src/engines/deadline.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import { boundServices } from '../../../src/services/bound.ts';
import { boundStart, type StartHands } from '../../../src/services/boundStart.ts';
import { openedBy } from '../../../src/services/opened.ts';
import type { Vault, VaultState } from '../../../src/vault/contract.ts';
import { recordKey } from '../../../src/vault/envelope.ts';
import { type FoldOutcome, fold } from '../../../src/vault/fold.ts';
import { pointsInTime, stateAt } from '../../../src/vault/points.ts';
import type { Rules, StoreRules } from '../../../src/vault/rules.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import type { Change, CommitKind, CommitPlan, Json } from '../../../src/vault/types.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { DATABASE, type Tab } from './world.ts';

/** The stores of the simulated app. Their schema takes everything. */
export const STORES = ['templates', 'settings'] as const;
export type StoreName = (typeof STORES)[number];
const RULES: Rules = new Map(
  STORES.map((store): [string, StoreRules] => [store, { version: 1, isSound: () => true }]),
);

export interface Edit {
  store: StoreName;
  id: string;
  /** `undefined` removes the record. */
  data: Json | undefined;
}

export type PlanOptions = Partial<Pick<CommitPlan, 'agreed' | 'pin' | 'marks' | 'undoes' | 'quarantine'>>;

/** The app of one tab without its screen: the real owner, services, machines and vault, in the tab's environment. */
export class Page {
  readonly tab: Tab;
  readonly hands: StartHands;
  readonly #machines: Machines;
  #vault: Vault | undefined;
  #commits = 0;

  constructor(tab: Tab) {
    this.tab = tab;
    const { environment } = tab;
    const owner = createOwner(tab.engine(), environment);
    this.hands = {
      name: DATABASE,
      environment,
      owner,
      owners: { indexeddb: owner, localstorage: owner, memory: owner },
      use() {},
      letOpen() {},
      rules: RULES,
      vault: () => this.vault,
      openVault: (state) => this.#open(state),
      plant: async () => {},
      flush: async () => 0,
      unanswered: new Map(),
    };
    this.#machines = provideMachines(
      { ...boundServices(this.hands), ...boundStart(this.hands) },
      environment,
    );
  }

  get vault(): Vault {
    if (!this.#vault) throw new Error('Nothing was loaded: nothing can be written');
    return this.#vault;
  }

  /** Loads as a start of the app does. What asks a person is answered with "Decide later": nothing is written. */
  async load(): Promise<LoadResult> {
    const later = { type: 'DEFER' } as const;
    const result = await this.#run(this.#machines.load, { isWiped: false }, (asking) => {
      if (asking.getSnapshot().can(later)) asking.send(later);
    });
    if (result.kind === 'loaded') await this.#open(result.state);
    return result;
  }

  async #open(state: VaultState): Promise<void> {
    const { environment, name: device } = this.tab;
    const { connection } = await openedBy(this.hands.owner);
    this.#vault = createVault({ connection, state, rules: RULES, environment, name: DATABASE, device });
  }

  /** What a person sees, and would change. */
  now(store: StoreName, id: string): Json | undefined {
    return this.vault.state().records.get(store)?.get(id)?.data;
  }

  plan(kind: CommitKind, edits: readonly Edit[], options: PlanOptions = {}): CommitPlan {
    this.#commits += 1;
    const { records, gone } = this.vault.state();
    const changes = edits.map(({ store, id, data }): Change => {
      const rev = records.get(store)?.get(id)?.rev ?? 0;
      const lastRev = gone.get(recordKey(store, id));
      return { store, id, data, baseRev: rev, ...(lastRev === undefined ? {} : { lastRev }) };
    });
    return { id: `${this.tab.name}-c${this.#commits}`, kind, label: kind, changes, ...options };
  }

  /** A question to the vault that has no machine: as in the app, it is not waited for longer than this. */
  ask<T>(question: (vault: Vault) => Promise<T>): Promise<T | undefined> {
    const asked = question(this.vault).catch(() => undefined);
    return withDeadline<T | undefined>(this.tab.environment.clock, asked, 10_000, () => undefined);
  }

  /** Folds as an idle page does: not waited for longer than this, and whatever it threw, the next one tries again. */
  async fold(): Promise<FoldOutcome['kind'] | 'late' | 'failed'> {
    const { environment } = this.tab;
    const { connection } = await openedBy(this.hands.owner);
    const folding = fold(connection, { rules: RULES, environment }).then(
      ({ kind }) => kind,
      () => 'failed' as const,
    );
    return withDeadline<FoldOutcome['kind'] | 'late' | 'failed'>(
      environment.clock,
      folding,
      20_000,
      () => 'late',
    );
  }

  /** The points that the vault lists, and the content of each as it rebuilds it. */
  async points(): Promise<{ seq: number; records: [key: string, data: Json][] | null }[]> {
    const { connection } = await openedBy(this.hands.owner);
    const options = { rules: RULES, digest: digestWith(undefined) };
    const listed = await pointsInTime(connection);
    return Promise.all(
      listed.map(async ({ seq }) => {
        const state = await stateAt(connection, seq, options).catch(() => null);
        return { seq, records: state && contentsOf(state) };
      }),
    );
  }

  /** Through the commit machine: deadline, giving up, looking up, reopening, trying again. */
  commit(plan: CommitPlan): Promise<CommitResult> {
    return this.#run(this.#machines.commit, { plan });
  }

  async #run<Logic extends AnyStateMachine>(
    logic: Logic,
    input: unknown,
    watch: (moved: MachineActor) => void = () => undefined,
  ): Promise<OutputFrom<Logic>> {
    const options = { input, clock: this.tab.environment.clock } as ActorOptions<Logic>;
    const actor = createActor(logic, options as never);
    const end = toPromise(actor);
    actor.start();
    followTree(actor, watch);
    return end;
  }
}

/** All records by `store/id`, in the order of their names. */
export function contentsOf({ records }: Pick<VaultState, 'records'>): [key: string, data: Json][] {
  return [...records]
    .flatMap(([store, all]) =>
      [...all.values()].map(({ id, data }): [string, Json] => [`${store}/${id}`, data]),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

import {
  type Actor,
  type ActorOptions,
  type AnyActorLogic,
  createActor,
  type OutputFrom,
  toPromise,
} from 'xstate';
import type { CommitResult, LoadResult } from '../../../machines/types.ts';
import { type Machines, provideMachines } from '../../../src/client/machines.ts';
import { withDeadline } from '../../../src/engines/deadline.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import { boundServices } from '../../../src/services/bound.ts';
import type { Hands } from '../../../src/services/hands.ts';
import { openedBy } from '../../../src/services/opened.ts';
import type { Vault } from '../../../src/vault/contract.ts';
import { recordKey } from '../../../src/vault/envelope.ts';
import type { Rules, StoreRules } from '../../../src/vault/rules.ts';
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
  readonly hands: Hands;
  readonly #machines: Machines;
  #vault: Vault | undefined;
  #commits = 0;

  constructor(tab: Tab) {
    this.tab = tab;
    const { environment } = tab;
    this.hands = {
      name: DATABASE,
      environment,
      owner: createOwner(createIndexedDbEngine(environment, DATABASE), environment),
      rules: RULES,
      vault: () => this.vault,
      unanswered: new Map(),
    };
    this.#machines = provideMachines(boundServices(this.hands), environment);
  }

  get vault(): Vault {
    if (!this.#vault) throw new Error('Nothing was loaded: nothing can be written');
    return this.#vault;
  }

  /** Loads as a start of the app does. What asks a person is answered with "Decide later": nothing is written. */
  async load(): Promise<LoadResult> {
    const later = { type: 'DEFER' } as const;
    const result = await this.#run(this.#machines.load, undefined, (actor) => {
      if (actor.getSnapshot().can(later)) actor.send(later);
    });
    if (result.kind === 'loaded') {
      const { environment } = this.tab;
      const { connection } = await openedBy(this.hands.owner);
      this.#vault = createVault({
        connection,
        state: result.state,
        rules: RULES,
        environment,
        name: DATABASE,
        device: this.tab.name,
      });
    }
    return result;
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

  /** Through the commit machine: deadline, giving up, looking up, reopening, trying again. */
  commit(plan: CommitPlan): Promise<CommitResult> {
    return this.#run(this.#machines.commit, { plan });
  }

  async #run<Logic extends AnyActorLogic>(
    logic: Logic,
    input: unknown,
    watch: (actor: Actor<Logic>) => void = () => undefined,
  ): Promise<OutputFrom<Logic>> {
    // Loading has no input, and its type says so; the options of both are the same but for that.
    const options = { input, clock: this.tab.environment.clock } as unknown as ActorOptions<Logic>;
    const actor = createActor(logic, options as never);
    actor.subscribe(() => watch(actor));
    const end = toPromise(actor);
    actor.start();
    return end;
  }
}

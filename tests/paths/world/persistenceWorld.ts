import { type AnyActorRef, type AnyStateMachine, createActor, toPromise } from 'xstate';
import type { EngineName } from '../../../machines/boot.types.ts';
import { followTree, type MachineActor } from '../../../src/client/actorTree.ts';
import { provideMachines } from '../../../src/client/machines.ts';
import { createLocalStorageEngine } from '../../../src/engines/localstorage.ts';
import { createMemoryEngine } from '../../../src/engines/memory.ts';
import { createOwner, type Owner } from '../../../src/engines/owner.ts';
import { boundServices } from '../../../src/services/bound.ts';
import { boundStart, type StartHands } from '../../../src/services/boundStart.ts';
import { openedBy } from '../../../src/services/opened.ts';
import type { Vault } from '../../../src/vault/contract.ts';
import { createVault } from '../../../src/vault/vault.ts';
import type { Service } from '../kit/model.ts';
import { broken } from './child.ts';
import { NAME } from './scene.ts';
import { StorageWorld } from './world.ts';

/** A page from its first moment: every engine, every machine, and the person before it. */
export class PersistenceWorld extends StorageWorld {
  isChildBroken = false;
  /** What a person presses where a child asks, one after the other. Nothing: they must not be asked. */
  presses: readonly string[] = [];
  /** Documents that cannot be saved. */
  unsaved = 0;
  isFlushHung = false;
  readonly #owners: Readonly<Record<EngineName, Owner>> = {
    indexeddb: this.hands.owner,
    localstorage: createOwner(createLocalStorageEngine(this.environment, NAME), this.environment),
    memory: createOwner(createMemoryEngine(this.environment), this.environment),
  };
  #used: EngineName = 'indexeddb';
  #own: Vault | undefined;
  readonly startHands: StartHands;

  constructor() {
    super();
    const owner = () => this.#owners[this.#used];
    const vault = () => {
      if (!this.#own) throw new Error('Nothing was loaded');
      return this.#own;
    };
    this.startHands = {
      ...this.hands,
      get owner() {
        return owner();
      },
      owners: this.#owners,
      use: (engine) => {
        this.#used = engine;
      },
      letOpen() {},
      vault,
      openVault: async (state) => {
        const { connection } = await openedBy(owner());
        const { rules } = this.hands;
        const { environment } = this;
        this.#own = createVault({ connection, state, rules, environment, name: NAME, device: 'tab' });
      },
      plant: async () => {},
      flush: () => (this.isFlushHung ? new Promise(() => {}) : Promise.resolve(this.unsaved)),
    };
  }

  override heal(): void {
    this.isChildBroken = false;
    this.presses = [];
    this.unsaved = 0;
    this.isFlushHung = false;
    super.heal();
  }

  /** Denied means that no connection lives: one that is open goes on. */
  deny(): void {
    this.heal();
    this.#owners.indexeddb.close();
    this.isDenied = true;
  }

  services(): Readonly<Record<string, Service>> {
    const services = { ...boundServices(this.startHands), ...boundStart(this.startHands) };
    const { boot, load, commit } = provideMachines(services, this.environment);
    return {
      ...(services.persistence as Readonly<Record<string, Service>>),
      boot: (input) => this.#run(boot, input),
      load: (input) => this.#run(load, input),
      commit: (input) => this.#run(commit, input),
    };
  }

  /** Runs a child to its end, with all that works for it. Where one asks, the person answers with what it accepts. */
  async #run(machine: AnyStateMachine, input: unknown): Promise<unknown> {
    if (this.isChildBroken) throw broken;
    const presses = [...this.presses];
    const actor = createActor(machine, { input, clock: this.clock });
    const end = toPromise(actor);
    actor.start();
    followTree(actor as MachineActor, (moved: AnyActorRef) => {
      const [type] = presses;
      if (type === undefined || !moved.getSnapshot().can({ type })) return;
      presses.shift();
      moved.send({ type });
    });
    const output = await end;
    if (presses.length > 0) throw new Error(`Nobody was asked, and would have pressed ${presses[0]}`);
    return output;
  }
}

import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import { type Witness, witnessKey } from '../../../src/engines/witness.ts';
import type { Environment } from '../../../src/environment.ts';
import { createFound } from '../../../src/services/found.ts';
import type { Hands } from '../../../src/services/hands.ts';
import { openedBy } from '../../../src/services/opened.ts';
import type { Vault, VaultState } from '../../../src/vault/contract.ts';
import type { Rules } from '../../../src/vault/rules.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { asFactory, FaultFactory } from '../../simulation/faults/factory.ts';
import { Process, Steps } from '../../simulation/faults/process.ts';
import type { Rule } from '../../simulation/faults/step.ts';
import type { RawDump } from '../../simulation/world/dump.ts';
import { testEnvironment, testOrigin } from '../../support/environment.ts';
import type { World } from '../kit/model.ts';
import { openRawStorage, type RawStorage } from './rawStorage.ts';
import { bytesText, NAME, rulesOf } from './scene.ts';

const EVERYTHING_HANGS: Rule = () => ({ kind: 'hang' });

/** One tab over real IndexedDB (fake-indexeddb in Node, Chromium's own in Chromium), with a fault layer of its own. */
export class StorageWorld implements World {
  readonly origin = testOrigin();
  readonly #steps = new Steps();
  readonly #process = new Process('tab', this.#steps);
  readonly environment: Environment & { clock: ReturnType<typeof testEnvironment>['clock'] };
  readonly hands: Hands;
  readonly clock: ReturnType<typeof testEnvironment>['clock'];
  #vault: Vault | undefined;
  #raw: Promise<RawStorage> | undefined;
  #held: (() => void)[] = [];

  constructor() {
    const factory = asFactory(new FaultFactory(this.origin.indexedDB, this.#process));
    this.environment = {
      ...testEnvironment({ origin: this.origin, without: ['channel'] }),
      indexedDB: () => {
        if (this.isDenied) throw new DOMException('Denied', 'SecurityError');
        return factory;
      },
      localStorage: () => {
        if (this.isWitnessHidden) throw new DOMException('Denied', 'SecurityError');
        return this.origin.localStorage;
      },
    };
    this.clock = this.environment.clock;
    this.hands = {
      name: NAME,
      environment: this.environment,
      owner: createOwner(createIndexedDbEngine(this.environment, NAME), this.environment),
      rules: this.rules(),
      vault: () => this.vault,
      found: createFound(),
      unanswered: new Map(),
    };
  }

  /** The browser forbids this page to store anything (F16). */
  isDenied = false;
  /** localStorage may not be looked at. */
  isWitnessHidden = false;
  /** The next write is a mistake of ours, such as a record that its schema refuses. */
  isMistaken = false;

  /** What this build knows of its stores. */
  protected rules(): Rules {
    return rulesOf(1, () => !this.isMistaken);
  }

  get vault(): Vault {
    if (!this.#vault) throw new Error('Nothing was loaded');
    return this.#vault;
  }

  /** The factory as no fault reaches it: for other tabs, and for damage. */
  get factory(): IDBFactory {
    return this.origin.indexedDB;
  }

  /** This is stored and remembered, nothing is faulty, and nothing is held back: whatever a path did before is forgotten. */
  async set(dump: RawDump, witness?: Witness): Promise<void> {
    this.heal();
    this.origin.localStorage.removeItem(witnessKey(NAME));
    if (witness) this.origin.localStorage.setItem(witnessKey(NAME), JSON.stringify(witness));
    await (await this.#storage()).restore(dump);
  }

  /** A newer build has been here: the database is of a version that this one does not know. */
  async upgrade(): Promise<void> {
    this.heal();
    this.hands.owner.close();
    (await this.#storage()).close();
    const newer = createIndexedDbEngine({ ...this.environment, indexedDB: () => this.factory }, NAME, {
      version: 9,
    });
    const opening = await newer.open();
    if (opening.kind !== 'open') throw new Error(`The newer build finds it ${opening.kind}`);
    opening.connection.close();
    this.#raw = openRawStorage(this.factory, NAME);
  }

  /** The app has loaded: its vault is at this state. */
  async load(state: VaultState): Promise<void> {
    const { environment, rules, owner } = this.hands;
    const { connection } = await openedBy(owner);
    this.#vault = createVault({ connection, state, rules, environment, name: NAME, device: 'tab' });
  }

  heal(): void {
    this.isDenied = false;
    this.isWitnessHidden = false;
    this.isMistaken = false;
    this.#steps.rule = undefined;
    this.release();
  }

  arm(rule: Rule): void {
    this.heal();
    this.#steps.rule = rule;
  }

  /** Transactions wait before they start, until they are released or given up. */
  hold(): void {
    this.heal();
    this.#process.gate = (_, task) => this.#held.push(task);
  }

  /** A rule besides, for what is held. */
  keepHolding(rule: Rule): void {
    this.#steps.rule = rule;
  }

  release(): void {
    this.#process.gate = undefined;
    const held = this.#held;
    this.#held = [];
    for (const task of held) task();
  }

  isHanging(): boolean {
    return this.#held.length > 0;
  }

  silence(): void {
    this.arm(EVERYTHING_HANGS);
  }

  /** What a step takes from it, as text: for a spy on what is asked of the storage. */
  trace(): readonly string[] {
    return this.#steps.trace;
  }

  async dump(): Promise<string> {
    const dump = await (await this.#storage()).dump();
    return JSON.stringify(dump, (_, value: unknown) =>
      value instanceof Uint8Array ? bytesText(value) : value,
    );
  }

  async close(): Promise<void> {
    this.#process.kill();
    (await this.#raw)?.close();
  }

  #storage(): Promise<RawStorage> {
    this.#raw ??= this.#create();
    return this.#raw;
  }

  /** The object stores, as the app makes them. */
  async #create(): Promise<RawStorage> {
    const environment = { ...this.environment, indexedDB: () => this.factory };
    const opening = await createIndexedDbEngine(environment, NAME).open();
    if (opening.kind !== 'open') throw new Error(`The world has no storage: ${opening.kind}`);
    opening.connection.close();
    return openRawStorage(this.factory, NAME);
  }
}

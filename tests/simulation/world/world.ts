import type { Engine } from '../../../src/engines/contract.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createLocalStorageEngine } from '../../../src/engines/localstorage.ts';
import type { Environment } from '../../../src/environment.ts';
import { createChannelHub } from '../../support/channel.ts';
import { seededRandom } from '../../support/environment.ts';
import { freshIndexedDb } from '../../support/indexeddb.ts';
import { createLockHub } from '../../support/locks.ts';
import { MemoryStorage } from '../../support/storage.ts';
import { asFactory, FaultFactory } from '../faults/factory.ts';
import { type Landed, Process, Steps } from '../faults/process.ts';
import { FaultStorage } from '../faults/storage.ts';
import { dumpOfTexts } from '../oracle/texts.ts';
import { WorldClock } from './clock.ts';
import { plantDump, type RawDump, rawDump, restoreDump } from './dump.ts';
import type { Order } from './order.ts';

export const DATABASE = 'hl7-workbench';
/** Everything must have ended by then (I13). */
export const PATIENCE_MS = 60_000;

export interface Tab {
  name: string;
  process: Process;
  environment: Environment;
  /** IndexedDB as this tab sees it. */
  factory: FaultFactory;
  /** Where the vault of its world lives. */
  engine(): Engine;
  kill(): void;
}

/** Where the vaults of a world live. */
export type Home = 'indexeddb' | 'localstorage';

export interface Disk {
  database: RawDump;
  /** localStorage. */
  storage: [key: string, value: string][];
  /** IndexedDB unless it says otherwise. What `database` then shows is what lies in localStorage. */
  home?: Home;
}

export interface TabOptions {
  without?: readonly ('locks' | 'channel' | 'localStorage')[];
  /** What the wall clock of this tab shows; by default the simulated time after a fixed day. */
  wallClock?: (simulatedMs: number) => number;
}

export type Ending<T> =
  | { kind: 'resolved'; value: T }
  | { kind: 'rejected'; error: unknown }
  /** Neither settled within the patience, nor can anything more happen. */
  | { kind: 'pending' }
  /** The process that was to answer is dead. */
  | { kind: 'crashed' };

const DAY_ONE = Date.UTC(2026, 2, 1, 9);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** The longest way inside fake-indexeddb from one step to the next, in turns of the event loop, with room to spare. */
const QUIET_TURNS = 14;

/** One origin and its tabs, in simulated time. The same seed gives the same run, step by step [I24]. */
export class World {
  readonly steps = new Steps();
  readonly real: IDBFactory = freshIndexedDb();
  readonly storage = new MemoryStorage();
  readonly clock = new WorldClock();
  readonly random: () => number;
  /** Armed, things that may happen in any order wait here until they are picked. */
  order: Order | undefined;
  readonly #locks = createLockHub();
  readonly #channels = createChannelHub((task) => this.#deliver(task));
  /** Frozen processes, and what waits for each to thaw. */
  readonly #frozen = new Map<Process, (() => void)[]>();
  #tabs = 0;
  /** Of a world that goes on from a disk: nobody gives the ids that were given before. */
  #epoch = '';
  /** How often a message arrives: 0 loses it, 2 doubles it. */
  copies: () => number = () => 1;
  readonly #home: Home;

  constructor(seed = 1, home: Home = 'indexeddb') {
    this.random = seededRandom(seed);
    this.#home = home;
  }

  /** Opens a tab: a new process with nothing in its memory. */
  tab(options: TabOptions = {}): Tab {
    this.#tabs += 1;
    const name = `${this.#epoch}tab${this.#tabs}`;
    const process = new Process(name, this.steps);
    this.#letWait(process);
    const factory = new FaultFactory(this.real, process);
    const locks = this.#locks.tab(name);
    process.onKill(() => locks.kill());
    const has = (part: 'locks' | 'channel' | 'localStorage') => !options.without?.includes(part);
    const wallClock = options.wallClock ?? ((ms: number) => DAY_ONE + ms);
    let ids = 0;
    const storage = new FaultStorage(this.storage, process);
    const environment: Environment = {
      now: () => wallClock(this.clock.now()),
      newId: () => {
        ids += 1;
        return `${name}-${ids}`;
      },
      random: this.random,
      clock: this.clock.for(process),
      indexedDB: () => asFactory(factory),
      localStorage: () => (has('localStorage') ? storage : undefined),
      locks: has('locks') ? locks : undefined,
      channel: has('channel') ? (channel) => this.#channel(process, channel) : undefined,
    };
    const engine = () =>
      this.#home === 'indexeddb'
        ? createIndexedDbEngine(environment, DATABASE)
        : createLocalStorageEngine(environment, DATABASE);
    return { name, process, environment, factory, engine, kill: () => process.kill() };
  }

  #channel(process: Process, name: string): BroadcastChannel {
    const channel = this.#channels.open(name);
    process.onKill(() => channel.close());
    return channel;
  }

  #deliver(task: () => void): void {
    for (let copy = this.copies(); copy > 0; copy -= 1) {
      if (this.order) this.order.add('message', task);
      else setImmediate(task);
    }
  }

  /** A frozen tab keeps what it holds and does nothing, until it is thawed (F57). */
  freeze(tab: Tab): void {
    if (!this.#frozen.has(tab.process)) this.#frozen.set(tab.process, []);
  }

  thaw(tab: Tab): void {
    const held = this.#frozen.get(tab.process) ?? [];
    this.#frozen.delete(tab.process);
    for (const pass of held) this.#add(tab.name, pass);
  }

  /**
   * With an order armed, the starts of transactions and the news of their end are picked one by one. Within a process
   * the news come first: a page learns of a commit before its next transaction runs.
   */
  #letWait(process: Process): void {
    const [news, starts]: [(() => void)[], (() => void)[]] = [[], []];
    process.gate = (label, task) => {
      (label === 'complete' ? news : starts).push(task);
      const pass = () => {
        const held = this.#frozen.get(process);
        if (held) {
          held.push(pass);
          return;
        }
        const next = news.shift() ?? starts.shift();
        if (!process.dead) next?.();
      };
      this.#add(`${process.name} ${label}`, pass);
    };
  }

  #add(label: string, task: () => void): void {
    if (this.order) this.order.add(label, task);
    else task();
  }

  /** Waits until nothing moves by itself any more. */
  async quiet(): Promise<void> {
    let seen = -1;
    let still = 0;
    while (still < QUIET_TURNS) {
      await turn();
      const now = this.steps.count + (this.order?.waiting() ?? 0);
      still = now === seen ? still + 1 : 0;
      seen = now;
    }
  }

  /**
   * Lets the world go on until the promise settles: first whatever moves by itself, then one picked thing at a time,
   * then the next timer.
   */
  async settle<T>(promise: Promise<T>, tab?: Tab, patienceMs = PATIENCE_MS): Promise<Ending<T>> {
    let ending: Ending<T> | undefined;
    promise.then(
      (value) => {
        ending ??= { kind: 'resolved', value };
      },
      (error: unknown) => {
        ending ??= { kind: 'rejected', error };
      },
    );
    const until = this.clock.now() + patienceMs;
    for (;;) {
      await this.quiet();
      // What a dead process still computes counts for nothing.
      if (tab?.process.dead) return { kind: 'crashed' };
      if (ending) return ending;
      if (this.order && this.order.waiting() > 0) await this.order.next();
      else if (!this.clock.advance(until, (owner) => this.#frozen.has(owner))) return { kind: 'pending' };
    }
  }

  /** Lets everything happen that still waits to be picked, and from then on everything at once. */
  async disarm(): Promise<void> {
    await this.quiet();
    while (this.order && this.order.waiting() > 0) {
      await this.order.next();
      await this.quiet();
    }
    this.order = undefined;
  }

  async dump(): Promise<RawDump> {
    return this.#home === 'indexeddb'
      ? rawDump(this.real, DATABASE)
      : dumpOfTexts(this.storage.dump(), DATABASE);
  }

  /** All that outlives the tabs. */
  async disk(): Promise<Disk> {
    const disk: Disk = { database: await this.dump(), storage: this.storage.dump() };
    return this.#home === 'indexeddb' ? disk : { ...disk, home: this.#home };
  }

  /** A world whose origin holds this already. */
  static async on({ database, storage, home }: Disk, seed = 1): Promise<World> {
    const world = new World(seed, home);
    world.#epoch = `v${database.log?.length ?? 0}-`;
    if (world.#home === 'indexeddb') await plantDump(world.real, DATABASE, database);
    for (const [key, value] of storage) world.storage.setItem(key, value);
    return world;
  }

  restore(dump: RawDump): Promise<void> {
    return restoreDump(this.real, DATABASE, dump);
  }

  /**
   * The power fails: all tabs end, and the newest commits that were not asked to be strict are gone.
   *
   * @returns how many commits were lost
   */
  async losePower(tabs: readonly Tab[]): Promise<number> {
    for (const tab of tabs) tab.kill();
    await this.quiet();
    const { journal } = this.steps;
    const lastStrict = journal.findLastIndex((landed) => landed.durability === 'strict');
    const kept = journal.slice(0, lastStrict + 1);
    await replay(this, kept);
    return journal.length - kept.length;
  }

  /** The browser evicts the origin's databases, or a person clears them; open connections are told (F12, F44). */
  async evict(tabs: readonly Tab[]): Promise<void> {
    const open = tabs.flatMap(({ factory }) => factory.connections);
    for (const connection of open) connection.close();
    await new Promise<void>((resolve, reject) => {
      const request = this.real.deleteDatabase(DATABASE);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    });
    for (const connection of open) connection.tellClosed();
  }
}

async function replay(world: World, kept: readonly Landed[]): Promise<void> {
  const dump = await world.dump();
  const values = new Map<string, Map<string, [IDBValidKey, unknown]>>();
  const of = (store: string) => {
    const known = values.get(store) ?? new Map<string, [IDBValidKey, unknown]>();
    values.set(store, known);
    return known;
  };
  for (const { writes } of kept) {
    for (const { store, method, args } of writes) {
      if (method === 'clear') of(store).clear();
      else if (method === 'delete') remove(of(store), args[0] as IDBValidKey | IDBKeyRange);
      else of(store).set(JSON.stringify(args[1]), [args[1] as IDBValidKey, args[0]]);
    }
  }
  const rebuilt: RawDump = {};
  for (const store of Object.keys(dump)) rebuilt[store] = [...of(store).values()];
  await world.restore(rebuilt);
}

function remove(values: Map<string, [IDBValidKey, unknown]>, key: IDBValidKey | IDBKeyRange): void {
  for (const [name, [stored]] of values) {
    const isHit = key instanceof IDBKeyRange ? key.includes(stored) : JSON.stringify(key) === name;
    if (isHit) values.delete(name);
  }
}

import type { EngineName } from '../../../machines/boot.types.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createLocalStorageEngine } from '../../../src/engines/localstorage.ts';
import { namesFor } from '../../../src/engines/localstorage-keys.ts';
import { createMemoryEngine } from '../../../src/engines/memory.ts';
import { createOwner, type Owner } from '../../../src/engines/owner.ts';
import { type Witness, witnessKey } from '../../../src/engines/witness.ts';
import type { BootHands } from '../../../src/services/boot.ts';
import { asFactory, FaultFactory } from '../../simulation/faults/factory.ts';
import { Process, Steps } from '../../simulation/faults/process.ts';
import type { Rule } from '../../simulation/faults/step.ts';
import { rawDump } from '../../simulation/world/dump.ts';
import { testEnvironment, testOrigin } from '../../support/environment.ts';
import { freshIndexedDb } from '../../support/indexeddb.ts';
import { MemoryStorage } from '../../support/storage.ts';
import type { World } from '../kit/model.ts';
import { openRawStorage, type RawStorage } from './rawStorage.ts';
import { bytesText, NAME } from './scene.ts';

/** The version of the database that this build wants; an older tab holds `OURS - 1`. */
const OURS = 2;
export const OLDER = OURS - 1;
export const NEWER = OURS + 1;

/** Code units that localStorage takes. */
const ROOM = 5 * 1024 * 1024;

/** A browser before anything is opened: a database of some version or none, a witness or none, and other tabs. */
export class BootWorld implements World {
  readonly #room = { quota: ROOM };
  readonly origin = testOrigin({ localStorage: new MemoryStorage(this.#room) });
  readonly #steps = new Steps();
  readonly #process = new Process('tab', this.#steps);
  readonly environment: ReturnType<typeof testEnvironment>;
  readonly clock: ReturnType<typeof testEnvironment>['clock'];
  readonly hands: BootHands;
  #real = this.origin.indexedDB;
  #factory = asFactory(new FaultFactory(this.#real, this.#process));
  /** A tab that does not listen: its connection blocks every upgrade. */
  #otherTab: RawStorage | undefined;
  /** The browser forbids IndexedDB (F16), or localStorage (F29). */
  isDenied = false;
  isLocalStorageDenied = false;

  constructor() {
    this.environment = {
      ...testEnvironment({ origin: this.origin, without: ['channel'] }),
      indexedDB: () => {
        if (this.isDenied) throw new DOMException('Denied', 'SecurityError');
        return this.#factory;
      },
      localStorage: () => {
        if (this.isLocalStorageDenied) throw new DOMException('Denied', 'SecurityError');
        return this.origin.localStorage;
      },
    };
    this.clock = this.environment.clock;
    const { environment } = this;
    const owners: Readonly<Record<EngineName, Owner>> = {
      indexeddb: createOwner(createIndexedDbEngine(environment, NAME, { version: OURS }), environment),
      localstorage: createOwner(createLocalStorageEngine(environment, NAME), environment),
      memory: createOwner(createMemoryEngine(environment), environment),
    };
    this.hands = { owners, use() {}, letOpen() {} };
  }

  remember(witness: Witness): void {
    this.origin.localStorage.setItem(witnessKey(NAME), JSON.stringify(witness));
  }

  /** A database of this version is there, with something in it; none when it is undefined. Nothing else is wrong. */
  async set(version: number | undefined): Promise<void> {
    for (const owner of Object.values(this.hands.owners)) owner.close();
    this.arm(undefined);
    this.isDenied = false;
    this.isLocalStorageDenied = false;
    this.#room.quota = ROOM;
    this.closeElsewhere();
    this.#real = freshIndexedDb();
    this.#factory = asFactory(new FaultFactory(this.#real, this.#process));
    if (version !== undefined) await plant(this.#real, version);
  }

  /** Another tab opens what is there, and holds it. */
  async openElsewhere(): Promise<void> {
    this.#otherTab = await openRawStorage(this.#real, NAME);
  }

  closeElsewhere(): void {
    this.#otherTab?.close();
    this.#otherTab = undefined;
  }

  /** It takes nothing more (F27). */
  fillLocalStorage(): void {
    this.#room.quota = 0;
  }

  arm(rule: Rule | undefined): void {
    this.#steps.rule = rule;
  }

  silence(): void {
    this.arm(() => ({ kind: 'hang' }));
  }

  isHanging(): boolean {
    return false;
  }

  /** Every step that was asked of IndexedDB. */
  trace(): readonly string[] {
    return this.#steps.trace;
  }

  /** Is there a sign that localStorage was taken as a place for data? */
  hasMarker(): boolean {
    return this.origin.localStorage.getItem(namesFor(NAME).marker) !== null;
  }

  /** Stored values of both places. Empty object stores and the marker, all that opening may make, are no values. */
  async dump(): Promise<string> {
    const stored = await (this.#otherTab ? this.#otherTab.dump() : rawDump(this.#real, NAME));
    const values = Object.entries(stored).filter(([, entries]) => entries.length > 0);
    const { localStorage } = this.origin;
    const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
    const texts = names
      .filter((name) => name !== namesFor(NAME).marker)
      .map((name) => [name, localStorage.getItem(name)]);
    return JSON.stringify([values, texts], (_, value: unknown) =>
      value instanceof Uint8Array ? bytesText(value) : value,
    );
  }

  async close(): Promise<void> {
    this.#process.kill();
    this.closeElsewhere();
  }
}

/** A database as a build of that version leaves it. */
async function plant(factory: IDBFactory, version: number): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = factory.open(NAME, version);
    request.onupgradeneeded = () => {
      for (const kind of ['log', 'snapshots', 'head', 'marks', 'quarantine']) {
        request.result.createObjectStore(kind).put(new Uint8Array([version]), 'planted');
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  db.close();
}

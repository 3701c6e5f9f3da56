import type { EngineName } from '../../machines/boot.types.ts';
import type { Engine, Lost } from '../engines/contract.ts';
import { StorageError } from '../engines/errors.ts';
import { createOwner, type Owner } from '../engines/owner.ts';
import type { Environment } from '../environment.ts';
import { createGate, type Gate } from './gate.ts';

/** Where bytes may live in this visit, and which of them is used. */
export interface Places {
  readonly owners: Readonly<Record<EngineName, Owner>>;
  /** From here on this is where everything is read and written. */
  use(engine: EngineName): void;
  readonly owner: Owner;
  /** Of the database, and the beginning of what is kept for it in localStorage. */
  readonly name: string;
  /** Without localStorage where nothing may outlive the session. */
  readonly environment: Environment;
  /** The page goes into the back/forward cache, and comes back. */
  shut(): void;
  open(): void;
  /** The data vanished or was taken over: nothing is opened until someone decides. */
  end(why: Exclude<Lost, 'closed'>): void;
  letOpen(): void;
  release(): void;
}

interface Options {
  environment: Environment;
  name: string;
  /** The database first; what may stand in for it is known by its name. */
  engines: readonly [Engine, ...Engine[]];
}

/** Makes the owner of each engine; nothing is opened yet. */
export function createPlaces({ environment, name, engines }: Options): Places {
  const [database, ...others] = engines;
  const gateOf = (engineName: EngineName) =>
    createGate(others.find((engine) => engine.name === engineName) ?? absent(engineName));
  const gates: Record<EngineName, Gate> = {
    indexeddb: createGate(database),
    localstorage: gateOf('localstorage'),
    memory: gateOf('memory'),
  };
  const ownerOf = ({ engine }: Gate) => createOwner(engine, environment);
  const owners = {
    indexeddb: ownerOf(gates.indexeddb),
    localstorage: ownerOf(gates.localstorage),
    memory: ownerOf(gates.memory),
  };
  const releases = Object.values(owners).map((owner) => owner.retain());
  const { localStorage: _, ...withoutLocalStorage } = environment;
  let used: EngineName = 'indexeddb';

  return {
    owners,
    use(engine) {
      used = engine;
    },
    get owner() {
      return owners[used];
    },
    // What a stand-in acknowledges must not be taken for what the database had (durability 3.9).
    get name() {
      return used === 'localstorage' ? `${name}:stand-in` : name;
    },
    get environment() {
      return used === 'memory' ? withoutLocalStorage : environment;
    },
    shut() {
      for (const gate of Object.values(gates)) gate.shut();
    },
    open() {
      for (const gate of Object.values(gates)) gate.open();
    },
    end: (why) => gates[used].end(why),
    letOpen: () => gates[used].renew(),
    release() {
      for (const release of releases) release();
    },
  };
}

/** An app without this engine. */
function absent(name: EngineName): Engine {
  const error = new StorageError('denied', 'The app does not keep anything there');
  return {
    name,
    durability: 'session',
    open: async () => ({ kind: 'denied', error }),
    probe: async () => {
      throw error;
    },
  };
}

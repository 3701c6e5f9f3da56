import type { Environment } from '../environment.ts';
import { type Connection, type Engine, type Key, KINDS, type Kind } from './contract.ts';
import { StorageError } from './errors.ts';
import { probeConnection } from './probe.ts';
import { type Base, type Operation, type StagedStore, stage, stagedWrite } from './staged.ts';

/** What a memory engine holds, per kind, by the JSON of the key. A test may put damage in it. */
export type MemoryContents = Map<Kind, Map<string, unknown>>;

/**
 * Keeps everything in memory: for tests, and for visits in which nothing else works. `durability` is `session`, and the app
 * says so to the person.
 *
 * @param contents  several engines over the same contents are tabs of one browser
 */
export function createMemoryEngine(
  environment: Pick<Environment, 'newId'>,
  contents: MemoryContents = new Map(),
): Engine {
  const exclusive = queueOf(contents);
  const base = baseOf(contents);

  return {
    name: 'memory',
    durability: 'session',
    async open() {
      const created = contents.size === 0;
      for (const kind of KINDS) placeOf(contents, kind);
      return {
        kind: 'open',
        connection: connect({ base, exclusive, commit: (all) => apply(contents, all) }),
        created,
      };
    },
    probe: (connection) => probeConnection(connection, environment.newId()),
  };
}

function connect(store: StagedStore): Connection {
  let isClosed = false;
  const check = () => {
    if (isClosed)
      throw new StorageError('connection', 'The connection is closed', { platformName: 'InvalidStateError' });
  };
  return {
    read: (kinds, body) =>
      store.exclusive(async () => {
        check();
        return body(stage(store.base, kinds).writer);
      }),
    write: (kinds, body) =>
      stagedWrite(store, kinds, async (writer) => {
        check();
        return body(writer);
      }),
    // Memory is never lost while someone can still ask for it.
    onLost: () => () => {},
    close() {
      isClosed = true;
    },
  };
}

const queues = new WeakMap<MemoryContents, StagedStore['exclusive']>();

/** One queue per contents: transactions run one after the other, as overlapping ones do in IndexedDB. */
function queueOf(contents: MemoryContents): StagedStore['exclusive'] {
  const known = queues.get(contents);
  if (known) return known;
  let last: Promise<unknown> = Promise.resolve();
  const exclusive: StagedStore['exclusive'] = (task) => {
    const next = last.then(task);
    last = next.catch(() => {});
    return next;
  };
  queues.set(contents, exclusive);
  return exclusive;
}

function baseOf(contents: MemoryContents): Base {
  return {
    get(kind, key) {
      const value = placeOf(contents, kind).get(JSON.stringify(key));
      return value instanceof Uint8Array ? value.slice() : value;
    },
    keys: (kind) => [...placeOf(contents, kind).keys()].map((text) => JSON.parse(text) as Key),
  };
}

function apply(contents: MemoryContents, operations: readonly Operation[]): void {
  for (const { kind, key, value } of operations) {
    if (value) placeOf(contents, kind).set(JSON.stringify(key), value);
    else placeOf(contents, kind).delete(JSON.stringify(key));
  }
}

function placeOf(contents: MemoryContents, kind: Kind): Map<string, unknown> {
  const place = contents.get(kind) ?? new Map<string, unknown>();
  contents.set(kind, place);
  return place;
}

import type { Engine } from '../engines/contract.ts';
import type { Environment } from '../environment.ts';

/** Where an app's bytes may live; it hands these to `createPersistence`, the database first. */
export { createIndexedDbEngine } from '../engines/indexeddb.ts';

/**
 * What may stand in for a database that does not open, where nothing is known to be in it, or where someone wants to work
 * for this session only. Each is fetched when it is opened: most visits never need one.
 */
export function standIns(environment: Environment, name: string): readonly [Engine, Engine] {
  return [
    fetched({ name: 'localstorage', durability: 'eventual' }, async () => {
      const { createLocalStorageEngine } = await import('../engines/localstorage.ts');
      return createLocalStorageEngine(environment, name);
    }),
    fetched({ name: 'memory', durability: 'session' }, async () => {
      const { createMemoryEngine } = await import('../engines/memory.ts');
      return createMemoryEngine(environment);
    }),
  ];
}

function fetched(what: Pick<Engine, 'name' | 'durability'>, fetch: () => Promise<Engine>): Engine {
  let fetching: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => {
    fetching ??= fetch();
    return fetching;
  };
  return {
    ...what,
    open: async () => (await engine()).open(),
    probe: async (connection) => (await engine()).probe(connection),
  };
}

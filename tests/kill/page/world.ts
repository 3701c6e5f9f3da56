import { browserEnvironment } from '../../../src/app/browserEnvironment.ts';
import type { Connection, Engine } from '../../../src/engines/contract.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createLocalStorageEngine } from '../../../src/engines/localstorage.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import type { Rules } from '../../../src/vault/rules.ts';

export const NAME = 'hl7-workbench';

export const environment = browserEnvironment();

export const rules: Rules = new Map(
  ['templates', 'settings'].map((store) => [store, { version: 1, isSound: isData }]),
);

const ENGINES: Record<string, () => Engine> = {
  indexeddb: () => createIndexedDbEngine(environment, NAME),
  localstorage: () => createLocalStorageEngine(environment, NAME),
};

/** Opens through the owner, as the app does. */
export async function connect(engine: string): Promise<Connection> {
  const make = ENGINES[engine];
  if (!make) throw new Error(`There is no engine ${engine}`);
  const opening = await createOwner(make(), environment).open();
  if (opening.kind !== 'open') throw new Error(`Opening says ${opening.kind}`);
  return opening.connection;
}

function isData(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'write' in data && 'text' in data;
}

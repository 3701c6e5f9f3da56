import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { fold } from '../../../src/vault/fold.ts';
import { NAME, rules } from './rules.ts';

// Folds once, with a connection of its own, and says how it went.
const clock = {
  setTimeout: (task: () => void, ms: number) => setTimeout(task, ms),
  clearTimeout: (handle: unknown) => clearTimeout(handle as number),
};
const environment = {
  now: () => Date.now(),
  newId: () => crypto.randomUUID(),
  random: () => Math.random(),
  clock,
  indexedDB: () => indexedDB,
  subtle: crypto.subtle,
};
const opening = await createIndexedDbEngine(environment, NAME).open();
if (opening.kind !== 'open') throw new Error(`Opening says ${opening.kind}`);
const { kind } = await fold(opening.connection, { rules, environment });
opening.connection.close();
postMessage(kind);

import type { Environment } from '../../../src/environment.ts';

/** The real world of this page, as the app would hand it down. */
export const environment: Environment = {
  now: () => Date.now(),
  newId: () => crypto.randomUUID(),
  random: () => Math.random(),
  clock: {
    setTimeout: (task, ms) => setTimeout(task, ms),
    clearTimeout: (handle) => clearTimeout(handle as number),
  },
  indexedDB: () => indexedDB,
  localStorage: () => localStorage,
  locks: navigator.locks,
  channel: (name) => new BroadcastChannel(name),
  subtle: crypto.subtle,
  storageManager: navigator.storage,
};

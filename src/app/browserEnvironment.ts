import { browserPage } from '../client/browserPage.ts';
import type { Environment } from '../environment.ts';
import { newUuid } from './newUuid.ts';
import { pauseInPage } from './stores/files/pauseInPage.ts';

/** The real world of a page. Everything that may be missing or denied is asked for when it is needed, not before. */
export function browserEnvironment(): Environment {
  return {
    now: () => Date.now(),
    newId: newUuid,
    random: () => Math.random(),
    clock: {
      setTimeout: (task, ms) => window.setTimeout(task, ms),
      clearTimeout: (handle) => window.clearTimeout(handle as number),
    },
    indexedDB: () => window.indexedDB,
    localStorage: () => window.localStorage,
    locks: navigator.locks,
    channel: 'BroadcastChannel' in window ? (name) => new BroadcastChannel(name) : undefined,
    // Absent on plain http, as on many a hospital network: digests are then made synchronously.
    subtle: window.crypto.subtle,
    encryption: window.crypto.subtle && {
      subtle: window.crypto.subtle,
      randomBytes: (length) => window.crypto.getRandomValues(new Uint8Array(length)),
    },
    pause: pauseInPage,
    storageManager: navigator.storage,
    page: browserPage(window),
    foldWorker: () => new Worker(new URL('./fold.worker.ts', import.meta.url), { type: 'module' }),
  };
}

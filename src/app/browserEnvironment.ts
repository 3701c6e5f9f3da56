import { browserPage } from '../client/browserPage.ts';
import type { Environment } from '../environment.ts';

/** The real world of a page. Everything that may be missing or denied is asked for when it is needed, not before. */
export function browserEnvironment(): Environment {
  return {
    now: () => Date.now(),
    newId: () => newUuid(),
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
    storageManager: navigator.storage,
    page: browserPage(window),
  };
}

/** `crypto.randomUUID` exists in secure contexts only; random values everywhere. */
function newUuid(): string {
  if (typeof window.crypto.randomUUID === 'function') return window.crypto.randomUUID();
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

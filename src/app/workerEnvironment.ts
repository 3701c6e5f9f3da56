import type { Environment } from '../environment.ts';
import { newUuid } from './newUuid.ts';

/** The real world of a worker: no page, no localStorage. */
export function workerEnvironment(): Environment {
  return {
    now: () => Date.now(),
    newId: newUuid,
    random: () => Math.random(),
    clock: {
      setTimeout: (task, ms) => self.setTimeout(task, ms),
      clearTimeout: (handle) => self.clearTimeout(handle as number),
    },
    indexedDB: () => self.indexedDB,
    subtle: self.crypto.subtle,
  };
}

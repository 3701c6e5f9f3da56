import { PersistenceError } from './PersistenceError.ts';
import type { ServiceOptions } from './service.ts';
import type { IPersistenceService } from './types.ts';

/**
 * The service, fetched at its first use: an app that goes by stores and hooks never pays for it.
 *
 * The order of calls stays as it was made, and what is saved is what it was when `save` was called.
 */
export function lazyService(options: ServiceOptions): IPersistenceService {
  let service: IPersistenceService | undefined;
  let fetching: Promise<IPersistenceService> | undefined;

  const fetched = (): Promise<IPersistenceService> => {
    fetching ??= import('./service.ts').then(({ createService }) => {
      service = createService(options);
      return service;
    });
    return fetching;
  };

  /** At once where it is there: whoever calls may change what it handed over right after. */
  const use = <T>(call: (service: IPersistenceService) => Promise<T>): Promise<T> =>
    service ? call(service) : fetched().then(call);

  return {
    save(key, data, consent) {
      if (service) return service.save(key, data, consent);
      try {
        const copy = structuredClone(data);
        return use((made) => made.save(key, copy, consent));
      } catch (cause) {
        return Promise.reject(new PersistenceError('invalid', { cause }));
      }
    },
    load: (key) => use((made) => made.load(key)),
    delete: (key, consent) => use((made) => made.delete(key, consent)),
    exportAll: () => use((made) => made.exportAll()),
    importAll: (bundle, choices) => use((made) => made.importAll(bundle, choices)),
    getBackups: (key) => use((made) => made.getBackups(key)),
    restoreBackup: (key, backupId, consent) => use((made) => made.restoreBackup(key, backupId, consent)),
    clearAll: (consent) => use((made) => made.clearAll(consent)),
    getStorageInfo: () => use((made) => made.getStorageInfo()),
  };
}

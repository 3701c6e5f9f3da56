import type { Environment } from '../environment.ts';
import { nameOf } from './classify.ts';
import { StorageError } from './errors.ts';

/** localStorage, with its failures as StorageErrors: `capacity` when it is full, `denied` for everything else. */
export interface TextStore {
  get(name: string): string | null;
  /** Sets and reads back: a full localStorage has been seen to keep quiet (F28). */
  set(name: string, text: string): void;
  remove(name: string): void;
  /** In any order. */
  names(): string[];
}

/** By name, never by code: 22 in Chromium and WebKit, 1014 in Firefox, 0 since it is a class of its own (F27). */
const FULL: ReadonlySet<string | undefined> = new Set(['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED']);

/**
 * localStorage as the environment gives it. Blocked cookies make the property itself throw; a WebView may have `null`
 * (F29).
 *
 * @throws StorageError `denied`
 */
export function accessTextStore(environment: Pick<Environment, 'localStorage'>): TextStore {
  const storage = attempt(() => environment.localStorage?.());
  if (!storage) throw new StorageError('denied', 'There is no localStorage here');
  return {
    get: (name) => attempt(() => storage.getItem(name)),
    set(name, text) {
      attempt(() => storage.setItem(name, text));
      if (attempt(() => storage.getItem(name)) !== text) {
        throw new StorageError('capacity', 'localStorage kept something else than it was given');
      }
    },
    remove: (name) => attempt(() => storage.removeItem(name)),
    names: () =>
      attempt(() =>
        Array.from({ length: storage.length }, (_, at) => storage.key(at)).filter((name) => name !== null),
      ),
  };
}

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const platformName = nameOf(cause);
    const isFull = FULL.has(platformName);
    throw new StorageError(
      isFull ? 'capacity' : 'denied',
      isFull ? 'localStorage is full' : 'localStorage is not accessible',
      { ...(platformName === undefined ? {} : { platformName }), cause },
    );
  }
}

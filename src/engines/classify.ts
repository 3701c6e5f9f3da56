import { type ErrorClass, StorageError } from './errors.ts';

/**
 * Where an error appeared. The same name means different things at different places: a DataError thrown by `put` is a
 * bug of ours, a transaction aborted with DataError is a full disk in Chromium.
 *
 * - `open`: `indexedDB` itself, `open()`, and the upgrade
 * - `begin`: thrown by `transaction()`
 * - `call`: thrown by a method of an object store
 * - `read`: the error event of a read request
 * - `commit`: the error of an aborted transaction, whether a write request or the commit itself failed
 */
export type Place = 'open' | 'begin' | 'call' | 'read' | 'commit';

type Table = Readonly<Record<string, ErrorClass>>;

const CLASSES: Readonly<Record<Place, { names: Table; otherwise: ErrorClass }>> = {
  open: {
    names: {
      VersionError: 'newer',
      SecurityError: 'denied',
      NotAllowedError: 'denied',
      // Firefox with storage switched off: "A mutation operation was attempted on a database that did not allow mutations".
      InvalidStateError: 'denied',
      // "Encountered full disk while opening backing store": space on the disk, not the quota of the site (F23).
      QuotaExceededError: 'capacity',
      TypeError: 'programmer',
    },
    // Backing store, lost server, aborted upgrade, downgraded profile (F01, F02, F18): opening again may help.
    otherwise: 'connection',
  },
  begin: {
    names: { NotFoundError: 'programmer', InvalidAccessError: 'programmer', TypeError: 'programmer' },
    // InvalidStateError: the connection is closing (F03).
    otherwise: 'connection',
  },
  call: { names: {}, otherwise: 'programmer' },
  read: {
    names: { AbortError: 'transient', TimeoutError: 'transient', InvalidStateError: 'connection' },
    // DataError, NotReadableError, NotFoundError, UnknownError, OperationError …: the value is there and cannot be read
    // (F31). UnknownError also means a lost server in WebKit; `roundTrip` tells.
    otherwise: 'corrupt',
  },
  commit: {
    names: {
      QuotaExceededError: 'capacity',
      // Firefox's own name for the same.
      NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR: 'capacity',
      // "Failed to write blobs": Chromium on a full disk.
      DataError: 'capacity',
      ConstraintError: 'programmer',
      DataCloneError: 'programmer',
      InvalidStateError: 'connection',
    },
    otherwise: 'transient',
  },
};

const MESSAGES: Readonly<Record<Place, string>> = {
  open: 'The database could not be opened',
  begin: 'No transaction could be started',
  call: 'A request was refused',
  read: 'A value could not be read',
  commit: 'The transaction was aborted',
};

/** The `name` of whatever was thrown; never its text or `code`: both differ between browsers and versions (F27). */
export function nameOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('name' in error)) return undefined;
  return typeof error.name === 'string' ? error.name : undefined;
}

/**
 * Turns a platform error into the one class that says what must be done about it (durability 1).
 *
 * @param error  what was thrown or found; `null` for a transaction aborted without cause
 * @returns a StorageError; one that already is a StorageError is handed back as it is
 */
export function classify(place: Place, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const platformName = nameOf(error);
  const { names, otherwise } = CLASSES[place];
  const known = platformName !== undefined && Object.hasOwn(names, platformName);
  return new StorageError((known ? names[platformName] : undefined) ?? otherwise, MESSAGES[place], {
    ...(platformName === undefined ? {} : { platformName }),
    cause: error,
  });
}

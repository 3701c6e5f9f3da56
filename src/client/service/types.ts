import type { Strategy } from '../../bundle/importPlan.ts';
import type { Refused } from '../../bundle/verdict.ts';
import type { CommitKind } from '../../vault/types.ts';

/** The seed's keys, which are names of stores here. `BACKUPS` is none: it is refused wherever a key is asked for (X16). */
export const StorageKey = {
  TEMPLATES: 'templates',
  SETTINGS: 'settings',
  SERIALIZATION_STATE: 'serializationState',
  BACKUPS: 'backups',
} as const;

/** The name of a store; any that was given to `createPersistence`. */
export type StorageKey = (typeof StorageKey)[keyof typeof StorageKey] | (string & {});

/** The seed's envelope around all of a key's data. */
export interface StorageEnvelope<T> {
  /** Schema version of the data. */
  version: number;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
  /** In files of ours SHA-256; elsewhere the seed's, which is weak: see `seedChecksum`. */
  checksum: string;
  data: T;
}

/** A file's contents, as JSON has them: our own export, or the seed's, which has no `format`. */
export interface ExportBundle {
  version: number;
  /** Of our own exports; absent in the seed's. */
  format?: number;
  /** ISO 8601. */
  exportedAt: string;
  application: string;
  data: { [key in StorageKey]?: StorageEnvelope<unknown> };
}

/** A point in time at which a key's data was something else than now. */
export interface BackupEntry {
  /** Names this point and no other, also after a reload; never made of a time (B03). */
  id: string;
  key: StorageKey;
  /** ISO 8601: when the data became this. For display only. */
  timestamp: string;
  /** All of the key's data at that point, verified. Made when it is looked at. */
  envelope: StorageEnvelope<unknown>;
  /** What made it so: a save, an import… */
  kind: CommitKind;
  label: string;
}

export interface StorageInfo {
  /** Bytes. The browser's guess, which may be far off (F21); `null`: it gives none, which is not zero (F22). */
  availableSpace: number | null;
  usedSpace: number | null;
  quotaLimit: number | null;
  adapterType: 'indexeddb' | 'localstorage' | 'memory';
}

export interface ImportResult {
  /** Everything in the file is here now. */
  success: boolean;
  /** Keys that changed. */
  imported: StorageKey[];
  /** Keys in the file that are the same here already. */
  skipped: StorageKey[];
  /** `error`: a stable code. `key` is null when it is about the file as a whole. */
  errors: { key: StorageKey | null; error: string }[];
  /** Undoes the import: `undo(commitId)`. Null when nothing changed. */
  commitId: string | null;
  /** The file was refused: why, where, and what could be taken all the same. */
  refused?: Refused;
}

/** What a command changed; `undo(commitId)` takes it back. Null: there was nothing to change. */
export interface Done {
  commitId: string | null;
}

export interface Consent {
  /** A person agreed that a store shrinks to less than half, or to nothing. Without it: `wouldShrink`. */
  agreed?: boolean;
}

export interface ImportChoices extends Consent {
  /** `merge` unless said otherwise: where both sides changed, what is here stays, and the result says so. */
  strategy?: Strategy;
  /** For the history, in words, without contents. */
  label?: string;
}

/**
 * The seed's nine methods, over the vault. Each waits for the load to have verified what is stored.
 *
 * The value of a key is all of its store: for a store with an `only` record that record's data, for others the list of
 * the records' data, oldest first. What is handed out is the caller's own: changing it changes nothing here.
 *
 * Failures are `PersistenceError`s; nothing damaged, newer or unreadable ever comes back as `null` (X09).
 */
export interface IPersistenceService {
  /**
   * Makes the store what `data` says, relative to what this service last handed out or saved of it: a record that another
   * tab has added since stays (B01), one that it has changed since is a conflict.
   *
   * Saves that nobody awaits are put together: one commit is under way, the newest value waits. Each promise resolves when
   * its own value, or a newer one, is durable (T11). Equal data makes no commit (B43).
   */
  save<T>(key: StorageKey, data: T, consent?: Consent): Promise<void>;
  /** @returns `null` only for a store with an `only` record that was never saved */
  load<T>(key: StorageKey): Promise<T | null>;
  /** Removes all records of a store, in one commit. */
  delete(key: StorageKey, consent?: Consent): Promise<Done>;
  /** Everything, checked record by record and read back (I18). What is damaged is in it apart. */
  exportAll(): Promise<ExportBundle>;
  /** Takes a file's contents in, in one commit, or not at all (F72). Accepts every format that `checkFile` does. */
  importAll(bundle: unknown, choices?: ImportChoices): Promise<ImportResult>;
  /** Earlier values of a key, newest first: every point in time that is kept and can be proven. */
  getBackups(key: StorageKey): Promise<BackupEntry[]>;
  /** Brings a key back to an earlier value, verified, in one commit that keeps what it replaces (I16). */
  restoreBackup(key: StorageKey, backupId: string, consent?: Consent): Promise<Done>;
  /** Removes every record of every store, drafts included, in one commit. History, quarantine and marks stay (I17). */
  clearAll(consent?: Consent): Promise<Done>;
  getStorageInfo(): Promise<StorageInfo>;
}

import type { ComparedRecord, ConflictSides } from '../../machines/conflicts.types.ts';
import type { ExportResult, PatientLook } from '../../machines/export.types.ts';
import type { ImportResult } from '../../machines/import.types.ts';
import type { IntakeSource } from '../../machines/intake.types.ts';
import type { Policy } from '../../machines/load.types.ts';
import type { RecoveryResult } from '../../machines/recovery.types.ts';
import type { Tag } from '../../machines/types.ts';
import type { BundleDomain } from '../bundle/domain.ts';
import type { Durability, Engine } from '../engines/contract.ts';
import type { Environment } from '../environment.ts';
import type { CommitSummary } from '../vault/contract.ts';
import type { Envelope } from '../vault/types.ts';
import type { OpenDialog } from './dialogs.ts';
import type { FileProgress } from './filing.ts';
import type { InspectedEvent } from './inspect.ts';
import type { LegacyDomain } from './legacy.ts';
import type { RootActor } from './root.ts';
import type { Seed } from './seeding.ts';
import type { IPersistenceService } from './service/types.ts';
import type { AnyStore, Store } from './store.ts';
import type {
  ChangeResult,
  DocumentView,
  LoadView,
  Progress,
  RecordsView,
  SaveResult,
  UndoResult,
  View,
} from './types.ts';

export interface PersistenceOptions {
  /** Of the database, and the beginning of all keys in localStorage. */
  name: string;
  stores: readonly AnyStore[];
  /** Where bytes may live: the database, then what may stand in for it where nothing is known to be in it. */
  engines: readonly [Engine, ...Engine[]];
  environment: Environment;
  /** What a new vault begins with: planted once, at a proven first run, and never brought back (P04). */
  seeds?: () => readonly Seed[] | Promise<readonly Seed[]>;
  /** What earlier versions of the app left, and how to read it. Looked at again whenever it has changed. */
  legacy?: LegacyDomain;
  /** The person's wish for data that cannot be read, from the records that can. Without it they are asked. */
  policyOf?: (readable: readonly Envelope[]) => Policy;
  /** What the app knows of the files that its people choose; by default what its stores say. */
  files?: () => Promise<BundleDomain>;
}

/** What is there, how safe it is, and what can be done. One per app and page, outside of React. */
export interface Persistence {
  readonly load: View<LoadView>;
  /** The root machine: what it accepts now, a banner may offer. */
  readonly root: RootActor;
  /** The tags of every living actor; `statusOf` makes the pill of them. */
  readonly tags: View<readonly ReadonlySet<Tag>[]>;
  /** What "saved" stands for where everything is kept now. */
  readonly durability: View<Durability>;
  /** Documents whose edits are not stored yet. */
  readonly unsavedCount: View<number>;
  /** When this page last learnt of a finished save, in milliseconds since 1970; null: not yet. */
  readonly lastSavedAt: View<number | null>;
  /** How far the longest step of an update has got, in records; null before it. */
  readonly progress: View<Progress | null>;
  /** What a person has opened. */
  readonly dialog: View<OpenDialog | null>;
  records<T>(store: Store<T>): View<RecordsView<T>>;
  document<T>(store: Store<T>, id: string): View<DocumentView<T>>;

  /** Makes a new record from its new id, and returns that id. @throws NotReady, InvalidRecord */
  create<T>(store: Store<T>, make: (id: string) => T): string;
  /** Shows at once; saved 500 ms after the first edit. @throws NotReady, InvalidRecord */
  edit<T>(store: Store<T>, id: string, next: T): void;
  /** Saves now. A draft becomes a record: one commit puts the record and removes the draft. @throws NotReady */
  save(store: AnyStore, id: string): Promise<SaveResult>;
  /** Leaves an editor. What is edited is saved first; of a new draft that nobody typed into, nothing stays (P07). */
  closeDocument(store: AnyStore, id: string): Promise<SaveResult>;
  /** Cancel of a new draft: nothing of it stays. Documents that are no drafts are left alone. */
  discard(store: AnyStore, id: string): Promise<void>;
  /**
   * Removes records and drafts, in one commit.
   *
   * @param options.agreed  a person agreed that a store shrinks below half, or to nothing; else `wouldShrink`
   * @throws NotReady
   */
  remove(
    store: AnyStore,
    ids: readonly string[],
    options?: { agreed?: boolean; label?: string },
  ): Promise<ChangeResult>;
  /**
   * Undoes a commit, by a commit. Records that changed since are left as they are.
   *
   * @param options.agreed  a person agreed to undo the rest; else `touched` names them and nothing is undone
   * @throws NotReady
   */
  undo(commitId: string, options?: { agreed?: boolean }): Promise<UndoResult>;
  commits(limit: number): Promise<CommitSummary[]>;
  /**
   * Opens the dialog of a recovery: for the records that were set aside, or to go back to a backup.
   *
   * @param finding  why; `asked` where nothing is wrong
   * @returns how it ended; null when another dialog is open
   */
  recover(finding: 'setAside' | 'asked'): Promise<RecoveryResult | null>;
  /**
   * Opens the dialog of an import.
   *
   * @param source  bytes that are at hand already; by default a person chooses a file there
   * @returns how it ended; null when another dialog is open
   * @throws NotReady
   */
  openImport(source?: IntakeSource | null): Promise<ImportResult | null>;
  /**
   * Opens the dialog of an export. What it hands out was read back and compared.
   *
   * @param fileName  such as `hl7-helper-backup-2026-03-01.json`
   */
  openExport(fileName: string): Promise<ExportResult | null>;
  /** By record, which fields hold what looks like a patient's, before it leaves unencrypted. Never the values. */
  findPatientLike(): Promise<PatientLook>;
  /**
   * Looks closely at a record that an open dialog asks about: what differs, what is the same, and what a merge would be.
   *
   * @returns null where it can only be taken as a whole
   */
  compareConflict(sides: ConflictSides): Promise<ComparedRecord | null>;
  /** How far the service of an import or export has got, from 0 to 1. */
  readonly fileProgress: View<FileProgress | null>;
  /** Records per store that this browser remembers; null when it remembers none, or cannot say. */
  remembered(): Readonly<Record<string, number>> | null;
  /** Saves everything that is edited; ends when it is saved or a person is needed. */
  flush(): Promise<'saved' | 'unsaved'>;

  /** Everything stored as JSON, as found. Changes nothing. @throws StorageError when there is no connection */
  downloadStored(): Promise<Uint8Array<ArrayBuffer>>;
  /** The edits that are not saved, as JSON. */
  downloadChanges(): Uint8Array<ArrayBuffer>;
  /** Every record that this page holds, edits included, as JSON. */
  downloadMemory(): Uint8Array<ArrayBuffer>;

  /** The seed's nine methods, as promises. For code that has no use for views. */
  readonly service: IPersistenceService;

  /** What was opened, loaded, updated and recovered in this visit, step by step and without contents: for reports. */
  recoveryLog(): readonly string[];
  /** Every step of every machine, without payloads. */
  inspect(listener: (event: InspectedEvent) => void): () => void;
  /** The living actors, for the flows page. */
  actors(): readonly { id: string; machine: string; value: unknown }[];
  /** Saves what can be saved, then lets go of storage and channels. */
  close(): Promise<void>;
}

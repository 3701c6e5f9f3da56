import type { Apart } from '../src/bundle/bundle.ts';
import type { Failure } from './types.ts';

/** What goes into the file, and how. */
export interface ExportSettings {
  /** `null`: everything. */
  readonly stores: readonly string[] | null;
  /** By store: only these of it. A store that is not in it goes whole. */
  readonly only: ReadonlyMap<string, ReadonlySet<string>>;
  /** Encrypted with a passphrase. */
  readonly isProtected: boolean;
  /** Such as `hl7-helper-backup-2026-03-01.json`; the day is the person's. */
  readonly fileName: string;
  /** In the file, and only there, made-up values stand in the place of those that look like a patient's. */
  readonly withTestValues: boolean;
  /** What of all that is stored looks like a patient's; `null` while nobody has looked. */
  readonly look: PatientLook | null;
}

/** Records with values that look like those of a patient: places such as `PID-5`, never the values (I22). */
export type PatientLook = readonly {
  readonly store: string;
  readonly id: string;
  readonly places: readonly string[];
}[];

/** The same, counted, of what would go into the file. */
export interface PatientLike {
  readonly records: number;
  /** Records by place. */
  readonly places: ReadonlyMap<string, number>;
}

/** A file that was read back, and is what was to be written. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the bytes, 64 hex digits: where the browser cannot show that a download arrived, a person can compare. */
  readonly hash: string;
  /** Records by store. */
  readonly counts: Readonly<Record<string, number>>;
  /** Sum of the checksums of the records in it, as the vault's `state`. */
  readonly state: string;
  /** In the file as they were found, apart from the rest. */
  readonly damaged: readonly Apart[];
  /** Records in it that hold test values in place of what is stored. */
  readonly replaced: number;
  /** Not in it, since nothing can be replaced in what is damaged. */
  readonly leftOut: number;
  /** Stored values that could not be read at all: they are not in the file. */
  readonly unreadable: number;
}

export type Building =
  | { readonly kind: 'built'; readonly file: ExportedFile }
  /** Nobody could import it again: export in parts. */
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  /** Read back, it was not what was written. It is not handed out. */
  | { readonly kind: 'mismatched' };

/** Why `export` asks. */
export type ExportFinding =
  /** The person opened it. */
  | { readonly code: 'asked' }
  | { readonly code: 'tooLarge'; readonly sizeBytes: number }
  | { readonly code: 'mismatched' }
  | ({ readonly code: 'notBuilt' } & Failure);

/** Outcome of the `export` machine. A command hands the file over. */
export type ExportResult =
  | { readonly kind: 'exported'; readonly to: 'file' | 'clipboard'; readonly file: ExportedFile }
  | { readonly kind: 'left' };

import type { Json } from '../vault/types.ts';

/** What a file holds, read and checked, in this build's shapes. Plain data: it may cross to and from a worker. */
export interface Bundle {
  /** `own`: our format. `seed`: the earlier app's export. `rows`: its bare list. `foreign`: another program's file. */
  readonly source: 'own' | 'seed' | 'rows' | 'foreign';
  /** ISO 8601, or `null` where the file does not say it in a way that can be believed. For display only (I15). */
  readonly exportedAt: string | null;
  /** Stores the file speaks about, also with an empty list. `replace` touches no other. */
  readonly stores: readonly string[];
  /** In the order of the file. An id may occur twice. */
  readonly records: readonly BundleRecord[];
  /** Records of stores that this build does not know: named, never taken. */
  readonly untaken: readonly BundleRecord[];
  /** Left out, where a person chose to go on without them. Empty in a file that was accepted as it is. */
  readonly unusable: readonly Unusable[];
  /** Damaged records that the exporter set aside, as they were found there. Shown, never taken. */
  readonly apart: readonly Apart[];
}

export interface BundleRecord {
  readonly store: string;
  readonly id: string;
  readonly data: Json;
  /** ISO 8601. Absent where the file's date cannot be believed: then it is the time of the import. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** Content identity of the record as it is in the file, where that proves it (our own format). */
  readonly checksum?: string;
}

/** A record or a part that cannot be taken. */
export interface Unusable {
  readonly store: string;
  /** Such as `templates[1].createdAt`; never contents (I22). */
  readonly at: string;
  readonly code: 'newer-version' | 'schema' | 'checksum-mismatch';
}

/** A damaged record in an export: its bytes as they were stored, base64, beside the sound ones. */
export interface Apart {
  readonly aside: string;
  readonly id: string | null;
  readonly store: string | null;
  readonly why: string;
}

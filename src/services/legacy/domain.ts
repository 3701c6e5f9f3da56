import type { LegacyRecord, LegacyRow } from '../../../machines/migration.types.ts';

/** One place where an earlier version of the app kept something. Its name is that of its mark, and never changes. */
export type LegacyPlace =
  | { readonly name: string; readonly kind: 'text'; readonly key: string }
  | {
      readonly name: string;
      readonly kind: 'value';
      readonly database: string;
      readonly store: string;
      readonly key: string;
    };

/** What an app knows of what its earlier versions left (hl7.md 4). */
export interface LegacyDomain {
  /** Of two that cannot be told apart by date, what comes first here keeps its name and id. */
  readonly places: readonly LegacyPlace[];
  /** Fetched only where a place holds anything. */
  reader(): Promise<LegacyReader>;
}

/** Pure, and never throws, whatever the text is. */
export interface LegacyReader {
  read(place: LegacyPlace, text: string): LegacyReading;
  /** The same record beside the one that keeps its id: another id, and a name that tells them apart. `null`: not two of it. */
  copyOf(record: LegacyRecord, id: string): LegacyRecord | null;
  /** Is this an example that nobody has edited? It loses to anything of its id. */
  isExample(record: Pick<LegacyRecord, 'store' | 'id' | 'data'>): boolean;
}

export type LegacyReading =
  /** It held nothing. */
  | { readonly kind: 'empty' }
  /** Kept as a whole: it is of a newer build, or of no shape that was ever written. */
  | { readonly kind: 'kept'; readonly why: 'newer' | 'invalid' }
  /** `isSuspect`: its checksum does not match, so the whole of it is kept besides its rows. */
  | { readonly kind: 'rows'; readonly rows: readonly LegacyRow[]; readonly isSuspect: boolean };

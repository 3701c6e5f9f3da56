import type { StoreRules } from '../vault/rules.ts';
import type { Json } from '../vault/types.ts';
import type { FieldRow, Side, TextPiece, Versions } from './fields.ts';
import type { Pace } from './pace.ts';

/** What an app knows of the files that its people choose. The kit itself knows no store, no schema and no HL7. */
export interface BundleDomain {
  /** What the `application` member of its files says, to the letter. */
  readonly application: string;
  /** By store name, in the order in which they are shown. A store that is not here is named in a warning, not taken. */
  readonly stores: ReadonlyMap<string, BundleStore>;
  /** Reads JSON that is no bundle (a file of another program). `undefined`: it does not know it either. */
  readJson?(value: Json, context: ForeignContext): Promise<Foreign | undefined>;
  /** Reads text that is no JSON, however long. `undefined`: it does not know it either. */
  readText?(text: string, context: ForeignContext): Promise<Foreign | undefined>;
}

/** What a file has to know of one store. Nothing here throws, whatever the data is. */
export interface BundleStore extends StoreRules {
  /** A file without any of these gets a warning: it is what people mean by their data. */
  readonly isMain?: boolean;
  /**
   * Where the schema of that version does not accept the data; `undefined` when it does. A path in the schema's own
   * names such as `instances[2].id`, `''` for the root, and `*` where a name comes from the data itself (I22).
   */
  whereUnsound(data: unknown, version: number): string | undefined;
  /** Takes one envelope's `data` of the seed's format apart into records. Version 0 is its oldest form. */
  fromSeed(data: Json, version: number): SeedReading;
  /** Members that no schema names. They are kept, and the person is told (I20). */
  unknownMembers?(data: Json): readonly string[];
  /** Members that switch on uploading or name a server. They are never taken from a file. */
  withheldMembers?(data: Json): readonly string[];
  /** What is odd about data that its schema accepts. */
  remarks?(data: Json, context: { readonly now: number }): readonly Remark[];
  /** The name under which people see it. */
  nameOf?(data: Json): string;
  /** What makes two records of different ids the same to a person. */
  likenessOf?(data: Json): string;
  /** Another record that this one is about. */
  refersTo?(data: Json): { readonly store: string; readonly id: string } | undefined;
  /** A copy beside the original: another id, and a name that says where it is from. Absent where there is one a key. */
  copyOf?(data: Json, copy: { readonly id: string; readonly day: string }): Json;
  /** Members that hold structured text, and how two versions of it are compared part by part. */
  readonly textMembers?: ReadonlyMap<string, (texts: Versions<string>) => TextComparison | undefined>;
  /** Members that say nothing about the content, such as dates, and which value a merged record gets. */
  readonly quietMembers?: ReadonlyMap<
    string,
    (first: Json | undefined, second: Json | undefined) => Json | undefined
  >;
  /** Why a merged record makes no sense though its schema accepts it; a code for which there are words. */
  whyNotMerged?(merged: Json, versions: Versions<Json>): string | undefined;
  /** Places that hold values which look like those of a patient, such as `PID-5`; never the values (I22). */
  patientLike?(data: Json): readonly string[];
  /**
   * The same data with an obviously made-up value in each place that `patientLike` looks at, which finds nothing in it any
   * more. Which value it is depends on its number alone. `undefined` where it is not known what the data holds. A store
   * without this has nothing to replace.
   */
  withTestValues?(data: Json, numberOf: NumberOf): Json | undefined;
}

/** Numbers the values of a kind in the order in which they are first seen, from 1; the same value has the same number. */
export type NumberOf = (kind: string, value: string) => number;

/** Two versions of a text; see `FieldComparison`. Paths are those of the text. */
export interface TextComparison {
  readonly rows: readonly (FieldRow & {
    readonly first: string | undefined;
    readonly second: string | undefined;
  })[];
  readonly same: number;
  merge(sideOf: (row: { readonly path: string }) => Side): string;
  /** The text that `merge` makes, in pieces that say what row each is of. */
  pieces(sideOf: (row: { readonly path: string }) => Side): readonly TextPiece[];
  sameFields(): readonly { readonly path: string; readonly wire: string }[];
}

export interface Remark {
  readonly code: 'bad-date' | 'too-many' | 'duplicate-id' | 'old-shape' | 'unknown-choice';
  /** As in `whereUnsound`. */
  readonly at: string;
}

/** Records of another program's file, or of the seed's, in this build's shape. */
export type SeedReading =
  | { readonly kind: 'rows'; readonly rows: readonly SeedRow[] }
  /** Not even a list of rows. */
  | { readonly kind: 'unsound'; readonly at: string };

export type SeedRow =
  | {
      readonly kind: 'sound';
      readonly id: string;
      readonly data: Json;
      /** ISO 8601; where the row itself says it. */
      readonly createdAt?: string;
      readonly remarks?: readonly Remark[];
    }
  | { readonly kind: 'unsound'; readonly at: string };

export interface ForeignContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** An id for what has none: the same content always gets the same one, so that importing twice adds nothing. */
  idFor(content: Json): Promise<string>;
  /** So that the page can answer while a long text is taken apart. */
  readonly pace: Pace;
}

export interface Foreign {
  /** Names the kind of file in a warning. */
  readonly origin: 'desktop-file' | 'plain-text';
  readonly store: string;
  readonly rows: readonly SeedRow[];
}
